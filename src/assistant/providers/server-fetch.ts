/**
 * The `fetch` that the openai SDK is given: the same request with nothing about this machine in it, and an answer that
 * cannot do harm.
 *
 * Redirects are not followed (the key must not reach another host). A page instead of an event stream, an event or an
 * error of absurd length are refused. Every byte of the answer is a sign of life; `[DONE]` ends the stream even if the
 * server keeps the connection open.
 */
import { AppFailure, appError, type AppError } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';

/** What is observed of one answer. */
export interface AnswerWatch {
  /** Called for the answer's head and for each packet. */
  onBytes(): void;
  /** Set when the stream's first byte came. */
  sawStream: boolean;
  /** Set when the stream said `[DONE]`. */
  sawDone: boolean;
}

/** The longest event of a stream, bytes. A token's event has some 300. */
export const MAX_EVENT_BYTES = 1_048_576;
/** The longest answer that is not a stream (a list of models: 0.5 MB at OpenRouter), bytes. */
const MAX_JSON_BYTES = 8_388_608;
/** How much of an error's body is read, bytes. */
const MAX_ERROR_BYTES = 65_536;

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/** Builds the function; `who` names the server in messages, as the subject of a sentence. */
export function serverFetch(who: string, watch: AnswerWatch): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, {
      ...init,
      headers: plainHeaders(init?.headers),
      redirect: 'manual',
    });
    watch.onBytes();
    if (response.body === null) {
      if (response.ok) throw new AppFailure(noAnswer(who));
      return response;
    }
    return new Response(response.body.pipeThrough(guardFor(response, who, watch)), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

/** The answer ended before its first byte. */
export function noAnswer(who: string): AppError {
  return appError('provider-error', 'provider', FAILURES.server.noAnswer(who), { retryable: true });
}

/** Without the SDK's headers about operating system, processor and runtime. */
function plainHeaders(given: RequestInit['headers']): Headers {
  const headers = new Headers(given);
  for (const name of [...headers.keys()]) if (name.startsWith('x-stainless-')) headers.delete(name);
  headers.set('User-Agent', 'Aloud');
  return headers;
}

function guardFor(
  response: Response,
  who: string,
  watch: AnswerWatch,
): TransformStream<Uint8Array, Uint8Array> {
  if (!response.ok) return truncated(MAX_ERROR_BYTES);
  const kind = response.headers.get('content-type') ?? 'text/event-stream';
  if (kind.includes('event-stream')) return eventGuard(who, watch);
  if (kind.includes('json')) return limited(MAX_JSON_BYTES, who, watch);
  throw new AppFailure(appError('provider-error', 'provider', FAILURES.server.noLanguageModel(who)));
}

/** Follows the lines of an event stream without decoding it. */
function eventGuard(who: string, watch: AnswerWatch): TransformStream<Uint8Array, Uint8Array> {
  let eventBytes = 0;
  let lineStart = '';
  let lineBytes = 0;

  const take = (bytes: Uint8Array): void => {
    if (lineStart.length < 16) lineStart += Buffer.from(bytes.subarray(0, 16)).toString('latin1');
    lineBytes += bytes.length - (bytes.at(-1) === CARRIAGE_RETURN ? 1 : 0);
    eventBytes += bytes.length;
    if (eventBytes > MAX_EVENT_BYTES) throw tooLong(who);
  };
  const endLine = (): void => {
    if (/^data: ?\[DONE\]/.test(lineStart)) watch.sawDone = true;
    if (lineBytes === 0) eventBytes = 0;
    lineStart = '';
    lineBytes = 0;
  };

  return new TransformStream({
    transform(packet, controller) {
      watch.onBytes();
      watch.sawStream = true;
      let from = 0;
      for (let at = packet.indexOf(NEWLINE); at >= 0; at = packet.indexOf(NEWLINE, from)) {
        take(packet.subarray(from, at));
        endLine();
        from = at + 1;
      }
      take(packet.subarray(from));
      controller.enqueue(packet);
      if (watch.sawDone) controller.terminate();
    },
  });
}

function limited(maxBytes: number, who: string, watch: AnswerWatch): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(packet, controller) {
      watch.onBytes();
      bytes += packet.length;
      if (bytes > maxBytes) throw tooLong(who);
      controller.enqueue(packet);
    },
  });
}

function truncated(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let left = maxBytes;
  return new TransformStream({
    transform(packet, controller) {
      controller.enqueue(packet.subarray(0, left));
      left -= Math.min(left, packet.length);
      if (left === 0) controller.terminate();
    },
  });
}

function tooLong(who: string): AppFailure {
  return new AppFailure(appError('provider-error', 'provider', FAILURES.server.messageTooLong(who)));
}
