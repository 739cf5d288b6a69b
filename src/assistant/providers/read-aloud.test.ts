import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAloud } from './read-aloud.ts';

async function read(
  content: string,
  signal = new AbortController().signal,
): Promise<{ texts: string[]; whole: boolean }> {
  const texts: string[] = [];
  let whole = false;
  const messages = [{ role: 'user', content: 'before' } as const, { role: 'user', content } as const];
  for await (const event of readAloud().stream({ messages }, signal)) {
    if (event.type === 'delta') texts.push(event.text);
    if (event.type === 'finish') whole = true;
  }
  return { texts, whole };
}

describe('reading aloud', () => {
  it('answers with the newest prompt, word for word', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 3_500, unit: 'grapheme' }), async (text) => {
        expect((await read(text)).texts.join('')).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('hands a long text on piece by piece', async () => {
    const { texts, whole } = await read('x'.repeat(100_000));
    expect(texts.length).toBeGreaterThan(50);
    expect(whole).toBe(true);
  });

  it('ends without a word when it is stopped', async () => {
    expect(await read('Hello.', AbortSignal.abort())).toEqual({ texts: [], whole: false });
  });
});
