import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heardOffset, timedWords } from './word-times.ts';

function sentence(text: string, start = 0) {
  return { turnId: 't', index: 0, text, spoken: text, start, end: start + text.length };
}

const lasting = (soundMs: number) => ({ soundMs, spokenWords: undefined });

/** Said words, 100 ms each, with a pause of 50 ms before each after the first. */
function said(spoken: string) {
  return [...spoken.matchAll(/\S+/g)].map(({ 0: word, index }, i) => ({
    start: index,
    end: index + word.length,
    atMs: i * 150,
  }));
}

describe('the words of a sentence', () => {
  it('tile its sound in order, with their places in the answer', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9,]*[a-z][a-z0-9,]*$/), { minLength: 1 }), (words) => {
        const timed = timedWords(sentence(words.join(' '), 7), lasting(1_000));
        expect(timed.map(({ start, end }) => words.join(' ').slice(start - 7, end - 7))).toEqual(words);
        expect(timed[0]?.fromMs).toBe(0);
        expect(timed.at(-1)?.toMs).toBeCloseTo(1_000);
        for (const [i, word] of timed.entries()) expect(word.fromMs).toBeCloseTo(timed[i - 1]?.toMs ?? 0);
      }),
    );
  });

  it('take longer the longer they are to say', () => {
    const [short, long, number] = timedWords(sentence('a considerable 1984'), lasting(900));
    expect((long?.toMs ?? 0) - (long?.fromMs ?? 0)).toBeGreaterThan((short?.toMs ?? 0) * 3);
    expect((number?.toMs ?? 0) - (number?.fromMs ?? 0)).toBeGreaterThan((short?.toMs ?? 0) * 3);
  });

  it('leave marks without letters out', () => {
    expect(timedWords(sentence('one – two'), lasting(500))).toHaveLength(2);
  });
});

describe('what was heard of a sentence', () => {
  it('ends at a whole word', () => {
    const text = sentence('Boats lay on the sand.', 10);
    expect(heardOffset(text, lasting(1_000), 0)).toBe(10);
    expect(heardOffset(text, lasting(1_000), 1_000)).toBe(32);
    const [first] = timedWords(text, lasting(1_000));
    expect(heardOffset(text, lasting(1_000), (first?.toMs ?? 0) + 1)).toBe(15);
  });
});

describe('the words of a sentence of which the engine tells the times', () => {
  const times = (text: string, spoken: string): number[] =>
    timedWords({ ...sentence(text), spoken }, { soundMs: 10_000, spokenWords: said(spoken) }).map(
      ({ fromMs }) => fromMs / 150,
    );

  it('begin when they are said', () => {
    expect(times('Boats lay on the sand.', 'Boats lay on the sand.')).toEqual([0, 1, 2, 3, 4]);
  });

  it('begin with the first of the words that stand for them', () => {
    expect(times('In 1984 he left.', 'In nineteen eighty four he left.')).toEqual([0, 1, 4, 5]);
    expect(times('It costs $5 or £7, mostly.', 'It costs five dollars or seven pounds, mostly.')).toEqual([
      0, 1, 2, 4, 5, 7,
    ]);
  });

  it('are found behind markup', () => {
    expect(times('The **bold** [word](https://a.b) here', 'The bold word here')).toEqual([0, 1, 2, 3]);
  });

  it('never run backward, whatever was written and said', () => {
    const word = fc.stringMatching(/^[ab1]{1,2}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.array(word, { minLength: 1 }), (text, spoken) => {
        const all = times(text.join(' '), spoken.join(' '));
        expect(all).toEqual([...all].sort((a, b) => a - b));
      }),
    );
  });
});
