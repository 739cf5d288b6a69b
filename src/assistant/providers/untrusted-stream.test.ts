/** What a server may send in place of an answer: whatever it is, the stream ends, and with a reason where it was no answer. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AppFailure } from '../../common/result.ts';
import { chunk, COMMENT, DONE, FakeOpenAiServer, USAGE } from '../testing/fake-openai-server.ts';
import { openAiCompatible } from './openai-compatible.ts';

let server: FakeOpenAiServer;

beforeAll(async () => {
  server = new FakeOpenAiServer();
  await server.listen();
});
afterAll(() => server.close());

const piece = fc.oneof(
  fc.string({ maxLength: 40 }).map((text) => chunk(text)),
  fc.constantFrom(
    COMMENT,
    USAGE,
    DONE,
    'data: \n\n',
    'data: {\n\n',
    'event: error\ndata: {}\n\n',
    '\r\n\r\n',
    'id: 1\n',
  ),
  fc.json({ maxDepth: 3 }).map((text) => `data: ${text}\n\n`),
  fc.record({ choices: fc.anything(), error: fc.anything() }, { requiredKeys: [] }).map((value) => {
    const safe = JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? 1 : each));
    return `data: ${safe}\n\n`;
  }),
  fc.string({ maxLength: 30 }),
);

it('ends with the text that came, or with a failure that has a name', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(piece, fc.uint8Array({ maxLength: 30 })), { maxLength: 8 }),
      fc.constantFrom('cut' as const, 'end' as const),
      fc.boolean(),
      async (pieces, then, byteByByte) => {
        const body = pieces.map((each) =>
          typeof each === 'string' ? each : Buffer.from(each).toString('latin1'),
        );
        server.answers = [{ body, byteByByte, ...(then === 'cut' ? { then } : {}) }];
        const times = { firstByteMs: 5_000, stallMs: 5_000, retryDelaysMs: [], longestRetryAfterMs: 0 };
        const provider = openAiCompatible(
          {
            kind: 'openai-compatible',
            id: 'custom',
            baseUrl: server.baseUrl,
            model: 'fake/model',
            key: 'sk-secret',
          },
          times,
        );
        let finished = false;
        try {
          for await (const event of provider.stream({ messages: [] }, new AbortController().signal)) {
            expect(finished).toBe(false);
            if (event.type === 'finish') finished = true;
            if (event.type === 'delta') expect(event.text).not.toBe('');
          }
          expect(finished).toBe(true);
        } catch (thrown) {
          if (!(thrown instanceof AppFailure)) throw thrown;
          expect(thrown.error.message).toMatch(/\.$/);
          expect(JSON.stringify(thrown.error)).not.toContain('sk-secret');
        }
      },
    ),
    { numRuns: 150 },
  );
});
