/**
 * A language server on this machine for tests. It speaks OpenAI's chat completions as OpenRouter does (comments before the
 * text, extra fields, a usage chunk, `[DONE]`), and fails in every way that a real one has been seen to fail.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What one request is answered with. Bytes are sent as they are; a number is a pause in ms. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: readonly (string | Uint8Array | number)[];
  /** `end` closes the answer, `cut` breaks the connection, `hang` leaves it open. */
  readonly then?: 'end' | 'cut' | 'hang';
  /** Send the body one byte at a time. */
  readonly byteByByte?: boolean;
}

/** A request as the server received it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A chunk of a stream with `text`, as OpenRouter writes it. */
export function chunk(text: string, finish: string | null = null): string {
  return event({
    id: 'gen-1',
    provider: 'Fake',
    model: 'fake/model',
    object: 'chat.completion.chunk',
    created: 1,
    choices: [
      {
        index: 0,
        delta: { role: 'assistant', content: text },
        finish_reason: finish,
        native_finish_reason: finish,
      },
    ],
  });
}

/** One server-sent event with `data` as JSON. */
export function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

export const COMMENT = ': OPENROUTER PROCESSING\n\n';
export const DONE = 'data: [DONE]\n\n';
/** The chunk with the figures that OpenRouter sends after the last text. */
export const USAGE = event({ id: 'gen-1', choices: [], usage: { prompt_tokens: 5, completion_tokens: 7 } });

/** OpenRouter's event for an error after the first text, when the status can no longer be changed. */
export function errorEvent(code: number | string, message: string): string {
  return event({
    id: 'gen-1',
    object: 'chat.completion.chunk',
    error: { code, message },
    choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
  });
}

/** An error before the first text, as JSON with a status. */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): FakeAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: [JSON.stringify({ error: { code: status, message } })],
  };
}

/** A whole answer with `texts` as its deltas. */
export function answer(...texts: string[]): FakeAnswer {
  return { body: [COMMENT, ...texts.map((text) => chunk(text)), chunk('', 'stop'), USAGE, DONE] };
}

export class FakeOpenAiServer {
  /** The answers to the next chat requests, in order; the last one serves all that follow. */
  answers: FakeAnswer[] = [answer('Hello there.')];
  /** What `GET /models` is answered with. */
  models: FakeAnswer = {
    headers: { 'content-type': 'application/json' },
    body: [JSON.stringify({ object: 'list', data: [{ id: 'fake/model' }, { id: 'fake/other' }] })],
  };
  readonly requests: SeenRequest[] = [];
  /** Chat connections that the client ended before the answer was whole. */
  abandoned = 0;

  private readonly server: Server = createServer((request, response) => {
    void this.handle(request, response);
  });

  /** Base URL, for example `http://127.0.0.1:40123/v1`. */
  get baseUrl(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The fake server is not listening.');
    return `http://127.0.0.1:${address.port}/v1`;
  }

  /** Chat requests seen so far. */
  get chats(): SeenRequest[] {
    return this.requests.filter((request) => request.url.endsWith('/chat/completions'));
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += String(part);
    const { method = '', url = '', headers } = request;
    this.requests.push({ method, url, headers, body });
    if (url.endsWith('/models')) return send(response, this.models);
    if (!url.endsWith('/chat/completions')) return send(response, refusal(404, 'Not Found'));
    response.on('close', () => {
      if (!response.writableFinished) this.abandoned++;
    });
    const next = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (next !== undefined) await send(response, next);
  }
}

async function send(response: ServerResponse, given: FakeAnswer): Promise<void> {
  const head = { 'content-type': 'text/event-stream', ...given.headers };
  if (given.body !== undefined || given.then !== 'hang') {
    response.writeHead(given.status ?? 200, head);
    response.flushHeaders();
  }
  for (const part of given.body ?? []) {
    if (typeof part === 'number') await sleep(part);
    else await write(response, Buffer.from(part), given.byteByByte === true);
  }
  if (given.then === 'cut') response.destroy();
  else if (given.then !== 'hang') response.end();
}

async function write(response: ServerResponse, bytes: Buffer, single: boolean): Promise<void> {
  if (!single) {
    response.write(bytes);
    return new Promise(setImmediate);
  }
  for (const byte of bytes) {
    response.write(Buffer.of(byte));
    await new Promise(setImmediate);
  }
}
