import { describe, expect, it } from 'vitest';
import { blendCard, blendTables } from './blend.ts';
import { voiceCardSchema, type VoiceCard } from './voice.ts';

const card = (name: string, more: Partial<VoiceCard> = {}): VoiceCard => ({
  name,
  language: 'en-US',
  licence: 'Apache-2.0',
  description: 'A voice.',
  grade: 'A',
  ...more,
});

describe('a blend of two voices', () => {
  it('lies between their tables by the share of the second, and is one of them at the ends', () => {
    const [first, second] = [Float32Array.of(1, -2, 0.5), Float32Array.of(3, 2, 0.5)];
    expect([...blendTables(first, second, 0.25)]).toEqual([1.5, -1, 0.5]);
    expect(blendTables(first, second, 0)).toEqual(first);
    expect(blendTables(first, second, 1)).toEqual(second);
  });

  it('says what it is made of and carries no grade', () => {
    expect(blendCard('Dove', card('Heart'), card('George', { language: 'en-GB' }), 0.3)).toEqual({
      name: 'Dove',
      language: 'en-US',
      licence: 'Apache-2.0',
      description: 'A blend: 70% Heart, 30% George.',
      grade: '',
    });
  });

  it('speaks the language of the voice of which it has more', () => {
    expect(blendCard('D', card('A'), card('B', { language: 'en-GB' }), 0.5).language).toBe('en-US');
    expect(blendCard('D', card('A'), card('B', { language: 'en-GB' }), 0.55).language).toBe('en-GB');
  });

  it('is under the licences of both', () => {
    expect(blendCard('D', card('A'), card('B', { licence: 'CC-BY-4.0' }), 0.5).licence).toBe(
      'Apache-2.0; CC-BY-4.0',
    );
  });

  it('has a card that the library takes, however long the parents’ cards are', () => {
    const long = (letter: string): VoiceCard =>
      card(letter.repeat(80), { licence: letter.repeat(200), description: letter.repeat(500) });
    expect(voiceCardSchema.safeParse(blendCard('n'.repeat(80), long('a'), long('b'), 0.5)).success).toBe(
      true,
    );
  });
});
