import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aloudLink } from './aloud-link.ts';

describe('a link to the program', () => {
  it.each([
    ['aloud://', { kind: 'show' }],
    ['aloud://show', { kind: 'show' }],
    ['ALOUD://prompt?text=Hello%20there', { kind: 'prompt', text: 'Hello there' }],
    ['aloud://prompt/?text=one+two', { kind: 'prompt', text: 'one two' }],
    ['aloud://prompt?text=%20', { kind: 'show' }],
    ['aloud://prompt', { kind: 'show' }],
    ['aloud://settings?text=x', { kind: 'show' }],
    ['aloud://[', { kind: 'show' }],
    [`aloud://prompt?text=${'x'.repeat(10_001)}`, { kind: 'show' }],
  ])('%s', (link, wanted) => {
    expect(aloudLink(['aloud-app', '--switch', link])).toEqual(wanted);
  });

  it('is not found in a start that has none', () => {
    expect(aloudLink(['aloud-app', '.', '--user-data-dir=/x', 'https://aloud.example'])).toBeUndefined();
  });

  it('never throws, and never asks for more than to show the window or a prompt', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (rest) => {
        expect(['show', 'prompt']).toContain(aloudLink([`aloud:${rest}`])?.kind);
      }),
    );
  });
});
