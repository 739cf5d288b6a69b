import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../common/provider.ts';
import { fitConversation } from './fit.ts';

const system: ChatMessage = { role: 'system', content: 'sys' };
const user = (content: string): ChatMessage => ({ role: 'user', content });
const assistant = (content: string): ChatMessage => ({ role: 'assistant', content });
const count = (message: ChatMessage): number => message.content.length;
const sum = (messages: readonly ChatMessage[]): number =>
  messages.reduce((total, message) => total + count(message), 0);
const limits = { promptTokens: 100, historyTokens: 40, newestTokens: 0 };

describe('fitting a conversation into the context', () => {
  it('keeps everything while it fits', () => {
    const all = [system, user('aaaa'), assistant('bbbb'), user('cccc')];
    expect(fitConversation(all, count, limits)).toEqual(all);
  });

  it('drops the oldest turns first, a question never without its answer', () => {
    const all = [
      system,
      user('a'.repeat(15)),
      assistant('b'.repeat(5)),
      user('c'.repeat(5)),
      assistant('d'.repeat(5)),
      user('e'.repeat(10)),
    ];
    expect(fitConversation(all, count, limits)).toEqual([system, user('e'.repeat(10))]);
  });

  it('lets a long prompt stand alone when older turns have no room beside it', () => {
    const long = user('x'.repeat(90));
    expect(fitConversation([system, user('a'), assistant('b'), long], count, limits)).toEqual([system, long]);
  });

  it('refuses a prompt that does not fit even alone, with both figures', () => {
    expect(() => fitConversation([system, user('x'.repeat(98))], count, limits)).toThrow(
      /101 tokens and 100/,
    );
  });

  it('keeps the same for a usual prompt as for an empty one, so that what was read before it holds', () => {
    const wide = { ...limits, newestTokens: 10 };
    const turns = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 20 });
    fc.assert(
      fc.property(turns, fc.nat(10), (past, size) => {
        const history = [
          system,
          ...past.flatMap(([asked, said], index) => [
            user(`${index}`.padEnd(asked, 'q')),
            assistant('a'.repeat(said)),
          ]),
        ];
        const ahead = fitConversation([...history, user('')], count, wide);
        const then = fitConversation([...history, user('p'.repeat(size))], count, wide);
        expect(then.slice(0, -1)).toEqual(ahead.slice(0, -1));
        expect(sum(then.slice(0, -1))).toBeLessThanOrEqual(wide.historyTokens);
      }),
    );
  });

  it('keeps the beginning the same from one turn to the next, save when it must drop', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 30 }), (sizes) => {
        const history: ChatMessage[] = [system];
        let previousFirst: ChatMessage | undefined;
        let changes = 0;
        let total = 0;
        for (const [index, size] of sizes.entries()) {
          history.push(user(`${index}`.padEnd(size + 2, 'q')));
          total += size + 2;
          const fitted = fitConversation(history, count, limits);
          expect(fitted.at(-1)).toBe(history.at(-1));
          expect(sum(fitted)).toBeLessThanOrEqual(40);
          if (previousFirst !== undefined && fitted[1] !== previousFirst) changes++;
          previousFirst = fitted[1];
        }
        // Each drop makes at least half the room (18 of 37) free less one turn: far fewer drops than turns.
        expect(changes).toBeLessThanOrEqual(Math.ceil(total / 4));
      }),
    );
  });
});
