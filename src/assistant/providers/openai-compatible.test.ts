import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure, type AppError } from '../../common/result.ts';
import {
  answer,
  chunk,
  COMMENT,
  DONE,
  errorEvent,
  event,
  FakeOpenAiServer,
  refusal,
  type FakeAnswer,
} from '../testing/fake-openai-server.ts';
import { openAiCompatible, type ServerTimes } from './openai-compatible.ts';
import type { ServerConfig } from './server-client.ts';
import { MAX_EVENT_BYTES } from './server-fetch.ts';

const KEY = 'sk-or-secret-123';
const QUICK: ServerTimes = {
  firstByteMs: 2_000,
  stallMs: 2_000,
  retryDelaysMs: [1, 1, 1],
  longestRetryAfterMs: 1_000,
};

interface Told {
  text: string;
  finish: string | undefined;
  notices: string[];
  error: AppError | undefined;
}

describe('a provider behind an OpenAI-compatible server', () => {
  let server: FakeOpenAiServer;

  beforeAll(async () => {
    server = new FakeOpenAiServer();
    await server.listen();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.requests.length = 0;
    server.answers = [answer('Hello', ' there.')];
  });

  function config(changes: Partial<ServerConfig> = {}): ServerConfig {
    const base: ServerConfig = {
      kind: 'openai-compatible',
      id: 'openrouter',
      baseUrl: server.baseUrl,
      model: 'fake/model',
      key: KEY,
    };
    return { ...base, ...changes };
  }

  async function tell(
    options: { config?: Partial<ServerConfig>; times?: Partial<ServerTimes>; signal?: AbortSignal } = {},
  ): Promise<Told> {
    const provider = openAiCompatible(config(options.config), { ...QUICK, ...options.times });
    const told: Told = { text: '', finish: undefined, notices: [], error: undefined };
    const messages = [{ role: 'user', content: 'Hi' } as const];
    try {
      for await (const item of provider.stream(
        { messages },
        options.signal ?? new AbortController().signal,
      )) {
        if (item.type === 'delta') told.text += item.text;
        else if (item.type === 'finish') told.finish = item.reason;
        else told.notices.push(item.message);
      }
    } catch (thrown) {
      if (!(thrown instanceof AppFailure)) throw thrown;
      told.error = thrown.error;
    }
    return told;
  }

  async function tellOf(...answers: FakeAnswer[]): Promise<Told> {
    server.answers = answers;
    return tell();
  }

  describe('when all goes well', () => {
    it('gives the text in order and the end, passing over comments and the usage chunk', async () => {
      expect(await tell()).toEqual({ text: 'Hello there.', finish: 'stop', notices: [], error: undefined });
    });

    it('sends the model, the messages and the key, and asks for a stream', async () => {
      await tell();
      const [request] = server.chats;
      expect(JSON.parse(request?.body ?? '')).toMatchObject({
        model: 'fake/model',
        messages: [{ role: 'user', content: 'Hi' }],
        stream: true,
      });
      expect(request?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'x-title': 'Aloud' });
    });

    it('tells the server nothing about this machine', async () => {
      await tell();
      const headers = server.chats[0]?.headers ?? {};
      expect(Object.keys(headers).filter((name) => name.startsWith('x-stainless'))).toEqual([]);
      expect(headers['user-agent']).toBe('Aloud');
    });

    it('sends no key header where there is no key', async () => {
      await tell({ config: { id: 'custom', key: '' } });
      expect(server.chats[0]?.headers).not.toHaveProperty('authorization');
    });

    it('takes the server’s first model when none is set', async () => {
      const provider = openAiCompatible(config({ id: 'ollama', model: '', key: '' }), QUICK);
      for await (const item of provider.stream({ messages: [] }, new AbortController().signal)) {
        expect(item.type).not.toBe('notice');
      }
      expect(provider.model).toBe('fake/model');
    });

    it('understands a stream that comes one byte at a time, with letters of several bytes', async () => {
      const told = await tellOf({ ...answer('Grüße, ', '日本 ', '🎨!'), byteByByte: true });
      expect(told).toMatchObject({ text: 'Grüße, 日本 🎨!', finish: 'stop' });
    });

    it('understands lines that end in CR LF', async () => {
      const body = [COMMENT, chunk('Hi.'), chunk('', 'stop'), DONE].map((part) =>
        part.replaceAll('\n', '\r\n'),
      );
      expect(await tellOf({ body })).toMatchObject({ text: 'Hi.', finish: 'stop' });
    });

    it('puts a mark in place of bytes that are no UTF-8 and reads on', async () => {
      const [before = '', after = ''] = chunk('one#two').split('#');
      const body = [before, Uint8Array.of(0xe2, 0x82), Uint8Array.of(0x28), after, chunk('', 'stop'), DONE];
      expect(await tellOf({ body })).toMatchObject({ text: 'one�(two', finish: 'stop' });
    });

    it('does not take an answer in another encoding for words', async () => {
      const body = [Buffer.from(chunk('Hello.') + chunk('', 'stop') + DONE, 'utf16le')];
      const told = await tellOf({ body });
      expect(told.text).toBe('');
      expect(told.error?.message).toMatch(/cannot be read as an answer/);
    });

    it.each([200, 204])('says that an answer without a byte is none (HTTP %i)', async (status) => {
      const told = await tellOf({ status, body: [] });
      expect(told.text).toBe('');
      expect(told.error?.message).toMatch(/ended its answer without having said anything/);
    });

    it('ends at [DONE] even if the server names no reason and keeps the connection open', async () => {
      expect(await tellOf({ body: [chunk('Hi.'), DONE], then: 'hang' })).toMatchObject({
        text: 'Hi.',
        finish: 'stop',
      });
    });

    it('says when the model’s limit cut the answer', async () => {
      expect(await tellOf({ body: [chunk('Hi', 'length'), DONE] })).toMatchObject({
        text: 'Hi',
        finish: 'length',
      });
    });
  });

  describe('before the first text', () => {
    it('tries again after 503, says so, and then answers', async () => {
      const told = await tellOf(refusal(503, 'Overloaded'), answer('Back.'));
      expect(told).toMatchObject({ text: 'Back.', finish: 'stop' });
      expect(told.notices).toEqual([expect.stringMatching(/503: “Overloaded”\. Trying again in 0\.001 s\./)]);
    });

    it('gives up after three more tries with the server’s own words', async () => {
      const told = await tellOf(refusal(502, 'No provider\navailable.'));
      expect(server.chats).toHaveLength(4);
      expect(told.error).toMatchObject({
        code: 'provider-error',
        message: 'OpenRouter answered with error 502: “No provider available”.',
        retryable: true,
      });
    });

    it.each([429, 503])('tries again by itself after %s that names no time', async (status) => {
      const told = await tellOf(refusal(status, 'Too busy'), answer('Now.'));
      expect(told).toMatchObject({ text: 'Now.', finish: 'stop' });
      expect(told.notices).toEqual([expect.stringContaining('Trying again')]);
    });

    it('waits as long as 503 asks, by a date as well', async () => {
      const inASecond = new Date(Date.now() + 1_900).toUTCString();
      server.answers = [refusal(503, 'Overloaded', { 'retry-after': inASecond }), answer('Now.')];
      const begun = performance.now();
      expect((await tell({ times: { longestRetryAfterMs: 3_000 } })).text).toBe('Now.');
      expect(performance.now() - begun).toBeGreaterThan(500);
    });

    it('waits as long as Retry-After asks', async () => {
      server.answers = [refusal(429, 'Slow down', { 'retry-after': '1' }), answer('Now.')];
      const told = await tell();
      expect(told).toMatchObject({ text: 'Now.', finish: 'stop' });
      expect(told.notices[0]).toMatch(/asks to wait 1 s.*Trying again in 1 s/);
    });

    it('does not wait when Retry-After asks for too much', async () => {
      const told = await tellOf(refusal(429, 'Slow down', { 'retry-after': '3600' }));
      expect(server.chats).toHaveLength(1);
      expect(told.error).toMatchObject({
        code: 'rate-limited',
        message: expect.stringContaining('3600 s') as string,
      });
    });

    it('tries again when the error comes as an event of a stream', async () => {
      const told = await tellOf({ body: [COMMENT, errorEvent(503, 'Warming up')] }, answer('Here.'));
      expect(told).toMatchObject({ text: 'Here.', finish: 'stop' });
    });

    it.each([
      ['401', refusal(401, 'User not found.'), 'key-refused'],
      ['403', refusal(403, 'Forbidden'), 'key-refused'],
      ['404', refusal(404, 'No such model'), 'provider-error'],
      ['400', refusal(400, 'Bad request'), 'provider-error'],
      ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:9/v1' } }, 'base-url-invalid'],
      ['a web page', { headers: { 'content-type': 'text/html' }, body: ['<h1>Hi</h1>'] }, 'provider-error'],
      ['broken JSON', { body: ['data: {"choices": [\n\n'] }, 'provider-error'],
      ['JSON of another kind', { body: [event(['hello'])] }, 'provider-error'],
    ] as const)('does not repeat a request that is answered with %s', async (_, given, code) => {
      const told = await tellOf(given);
      expect(told.error?.code).toBe(code);
      expect(told.notices).toEqual([]);
      expect(server.chats).toHaveLength(1);
    });

    it('takes neither the key nor the prompt to the address that a server points to', async () => {
      const other = new FakeOpenAiServer();
      await other.listen();
      const location = `${other.baseUrl}/chat/completions`;
      const told = await tellOf({ status: 307, headers: { location } });
      await other.close();
      expect(told.error?.code).toBe('base-url-invalid');
      expect(other.requests).toEqual([]);
    });

    it('gives up on a server that accepts the request and never answers', async () => {
      server.answers = [{ then: 'hang' }];
      const told = await tell({ times: { firstByteMs: 60 } });
      expect(told.error).toMatchObject({
        code: 'stream-stalled',
        message: 'OpenRouter has sent nothing for 0.06 s.',
      });
    });

    it('says that nothing listens at an address', async () => {
      const closed = new FakeOpenAiServer();
      await closed.listen();
      const { baseUrl } = closed;
      await closed.close();
      const told = await tell({ config: { id: 'custom', baseUrl } });
      expect(told.error).toMatchObject({
        code: 'host-unreachable',
        message: `Nothing answers at ${new URL(baseUrl).host}.`,
      });
      expect(told.notices).toHaveLength(3);
    });

    it('warns once that a server of the own network is reached without encryption', async () => {
      const config = { id: 'custom', baseUrl: 'http://unheard-of.invalid/v1' } as const;
      const warning = /without encryption/;
      expect((await tell({ config })).notices.filter((notice) => warning.test(notice))).toHaveLength(1);
      expect((await tell({ config })).notices.filter((notice) => warning.test(notice))).toHaveLength(0);
    });

    it('sends nothing to a public server over plain http', async () => {
      const told = await tell({ config: { id: 'custom', baseUrl: 'http://api.example.org/v1' } });
      expect(told.error).toMatchObject({ code: 'base-url-invalid' });
      expect(told.error?.hint).toContain('https://');
    });

    it('says that a host is not known', async () => {
      const told = await tell({ config: { id: 'custom', baseUrl: 'http://no-such-host.invalid/v1' } });
      expect(told.error).toMatchObject({
        code: 'host-unreachable',
        message: 'The host no-such-host.invalid was not found.',
      });
    });

    it('refuses to start without a key where one is needed', async () => {
      expect((await tell({ config: { key: ' ' } })).error?.code).toBe('key-missing');
      expect(server.requests).toEqual([]);
    });

    it('takes a refusal without a key for a missing one', async () => {
      server.answers = [refusal(401, 'No key')];
      expect((await tell({ config: { id: 'custom', key: '' } })).error?.code).toBe('key-missing');
    });

    it.each(['', 'not a url', 'ftp://host/v1', 'http://me:pw@host/v1'])(
      'refuses the base URL “%s”',
      async (baseUrl) => {
        expect((await tell({ config: { baseUrl } })).error?.code).toBe('base-url-invalid');
      },
    );

    it('never shows the key, even if the server repeats it', async () => {
      const told = await tellOf(refusal(401, `Incorrect API key provided: ${KEY}`));
      expect(JSON.stringify(told.error)).not.toContain(KEY);
      expect(told.error?.message).toContain('Incorrect API key');
    });
  });

  describe('after the first text', () => {
    it.each([
      [
        'an error event',
        { body: [chunk('Some text.'), errorEvent(502, 'Provider disconnected')] },
        'provider-error',
      ],
      ['a cut connection', { body: [chunk('Some text.')], then: 'cut' }, 'stream-cut'],
      ['an end without a reason', { body: [chunk('Some text.')] }, 'stream-cut'],
      ['broken JSON', { body: [chunk('Some text.'), 'data: {"cho\n\n'] }, 'provider-error'],
      ['finish reason error', { body: [chunk('Some text.'), chunk('', 'error')] }, 'provider-error'],
      ['a content filter', { body: [chunk('Some text.'), chunk('', 'content_filter')] }, 'provider-error'],
      [
        'an event of absurd length',
        { body: [chunk('Some text.'), `data: ${'x'.repeat(MAX_EVENT_BYTES)}`], then: 'hang' },
        'provider-error',
      ],
    ] as const)('keeps the text and repeats nothing on %s', async (_, given, code) => {
      const told = await tellOf(given);
      expect(told).toMatchObject({ text: 'Some text.', finish: undefined, notices: [] });
      expect(told.error?.code).toBe(code);
      expect(server.chats).toHaveLength(1);
    });

    it('shows the words of an error event', async () => {
      const told = await tellOf({
        body: [chunk('Some text.'), errorEvent('server_error', 'Provider disconnected')],
      });
      expect(told.error?.message).toBe('OpenRouter reported an error: “Provider disconnected”.');
    });

    it('gives up on a server that stalls', async () => {
      server.answers = [{ body: [chunk('Some text.')], then: 'hang' }];
      const told = await tell({ times: { stallMs: 60 } });
      expect(told).toMatchObject({ text: 'Some text.', error: { code: 'stream-stalled' } });
    });

    it('takes comments for a sign of life', async () => {
      const pauses = Array.from({ length: 6 }, () => [COMMENT, 100]).flat();
      server.answers = [{ body: [chunk('Thinking'), ...pauses, chunk(' done.', 'stop'), DONE] }];
      expect(await tell({ times: { stallMs: 400 } })).toMatchObject({
        text: 'Thinking done.',
        finish: 'stop',
      });
    });

    it('does not take a slow listener for a stalled server', async () => {
      server.answers = [answer('One.', 'Two.')];
      const provider = openAiCompatible(config(), { ...QUICK, stallMs: 150 });
      let text = '';
      for await (const item of provider.stream({ messages: [] }, new AbortController().signal)) {
        if (item.type !== 'delta') continue;
        text += item.text;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      expect(text).toBe('One.Two.');
    });
  });

  describe('when it is stopped', () => {
    it('ends without an error and hangs up', async () => {
      server.answers = [{ body: [chunk('One.'), chunk('Two.')], then: 'hang' }];
      const { abandoned } = server;
      const controller = new AbortController();
      const provider = openAiCompatible(config(), QUICK);
      let text = '';
      for await (const item of provider.stream({ messages: [] }, controller.signal)) {
        if (item.type === 'delta') text += item.text;
        controller.abort();
      }
      expect(text).toMatch(/^One\./);
      while (server.abandoned === abandoned) await new Promise(setImmediate);
    });

    it('ends at once while it waits to try again', async () => {
      server.answers = [refusal(503, 'Overloaded')];
      const controller = new AbortController();
      const provider = openAiCompatible(config(), { ...QUICK, retryDelaysMs: [60_000] });
      for await (const item of provider.stream({ messages: [] }, controller.signal)) {
        expect(item.type).toBe('notice');
        controller.abort();
      }
      expect(server.chats).toHaveLength(1);
    });
  });
});
