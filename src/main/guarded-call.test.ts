import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clipboardSchema,
  keyArgumentsSchema,
  renameArgumentsSchema,
  replayArgumentsSchema,
  resayArgumentsSchema,
  sampleArgumentsSchema,
  searchSchema,
  sendArgumentsSchema,
  stopArgumentsSchema,
} from '../common/ports/bridge.ts';
import { ok } from '../common/result.ts';
import { settingsPatchSchema } from '../common/settings.ts';
import { guardedCall } from './guarded-call.ts';

const ORIGIN = 'app://aloud';
const gate = { origin: ORIGIN, isOurs: (page: string) => page === 'ours' };
const KEY = { provider: 'openai', key: 'sk-1' };

function keyCall(): { call: ReturnType<typeof guardedCall<string, unknown>>; taken: unknown[] } {
  const taken: unknown[] = [];
  const call = guardedCall(gate, keyArgumentsSchema, (args) => {
    taken.push(args);
    return Promise.resolve(ok(null));
  });
  return { call, taken };
}

describe('a call of the page', () => {
  it('is carried out with its argument when it is ours', async () => {
    const { call, taken } = keyCall();
    expect(await call({ page: 'ours', origin: ORIGIN }, KEY)).toEqual(ok(null));
    expect(taken).toEqual([KEY]);
  });

  it.each([
    ['another page', { page: 'other', origin: ORIGIN }],
    ['a frame of another origin in our page', { page: 'ours', origin: 'https://example.org' }],
    ['a file opened in our page', { page: 'ours', origin: 'file://' }],
    ['a frame that is gone', { page: 'ours', origin: undefined }],
  ])('is refused to %s, whatever the argument', async (_, caller) => {
    const { call, taken } = keyCall();
    expect(await call(caller, KEY)).toMatchObject({ ok: false, error: { code: 'request-invalid' } });
    expect(taken).toEqual([]);
  });

  it('that throws is answered with an error, and nothing of the exception gets out', async () => {
    const call = guardedCall(gate, keyArgumentsSchema, () => Promise.reject(new Error('boom')));
    expect(await call({ page: 'ours', origin: ORIGIN }, KEY)).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
  });
});

describe('whatever the page sends', () => {
  const schemas = {
    send: sendArgumentsSchema,
    stop: stopArgumentsSchema,
    resay: resayArgumentsSchema,
    replay: replayArgumentsSchema,
    sample: sampleArgumentsSchema,
    rename: renameArgumentsSchema,
    search: searchSchema,
    clipboard: clipboardSchema,
    key: keyArgumentsSchema,
    settings: settingsPatchSchema,
  };
  /** Arguments that are nearly right find more than noise does. */
  const nearly = fc.record(
    {
      turnId: fc.oneof(fc.uuid(), fc.anything()),
      prompt: fc.oneof(fc.string(), fc.anything()),
      provider: fc.oneof(fc.constantFrom('openai', 'built-in', '__proto__', '../x'), fc.anything()),
      model: fc.oneof(fc.string(), fc.anything()),
      voice: fc.oneof(fc.constantFrom('af_heart', '../../etc/passwd', '/etc/passwd'), fc.anything()),
      key: fc.oneof(fc.string(), fc.anything()),
      heard: fc.anything(),
      replayId: fc.oneof(fc.uuid(), fc.anything()),
      id: fc.oneof(fc.uuid(), fc.anything()),
      title: fc.oneof(fc.string(), fc.anything()),
      text: fc.oneof(fc.string(), fc.anything()),
      from: fc.oneof(fc.integer(), fc.double(), fc.anything()),
      offset: fc.oneof(fc.integer(), fc.double(), fc.anything()),
      speed: fc.oneof(fc.double(), fc.anything()),
      providers: fc.oneof(fc.dictionary(fc.string(), fc.anything()), fc.anything()),
    },
    { requiredKeys: [] },
  );

  it.each(Object.entries(schemas))(
    'a call %s gets what its schema says, or is not made',
    async (_, schema) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.anything({ withNullPrototype: true }), nearly), async (args) => {
          const call = guardedCall<string, unknown>(gate, schema, (taken) => {
            expect(schema.safeParse(taken).success).toBe(true);
            return Promise.resolve(ok(null));
          });
          const answer = await call({ page: 'ours', origin: ORIGIN }, args);
          if (!answer.ok) expect(answer.error.code).toBe('request-invalid');
        }),
        { numRuns: 150 },
      );
    },
  );
});
