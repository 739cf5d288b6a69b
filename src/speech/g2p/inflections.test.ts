import { describe, expect, it } from 'vitest';

import { withEd, withIng, withS } from './endings.ts';
import { stemsOfEd, stemsOfIng, stemsOfS } from './inflections.ts';

describe('the sound of -s', () => {
  it.each([
    ['kˈæt', 'kˈæts', 'after a voiceless sound'],
    ['dˈɔɡ', 'dˈɔɡz', 'after a voiced one'],
    ['hˈɔɹs', 'hˈɔɹsᵻz', 'after a hissing one'],
  ])('%s gives %s (%s)', (stem, word) => {
    expect(withS(stem, 'en-US')).toBe(word);
  });

  it('has the British vowel after a hissing sound', () => {
    expect(withS('hˈɔːs', 'en-GB')).toBe('hˈɔːsɪz');
  });
});

describe('the sound of -ed', () => {
  it.each([
    ['wˈɔk', 'wˈɔkt', 'after a voiceless sound'],
    ['plˈA', 'plˈAd', 'after a vowel'],
    ['nˈid', 'nˈidᵻd', 'after d'],
    ['wˈAt', 'wˈAɾᵻd', 'a flap after a vowel and t'],
    ['wˈɑnt', 'wˈɑntᵻd', 'no flap after n and t'],
  ])('%s gives %s (%s)', (stem, word) => {
    expect(withEd(stem, 'en-US')).toBe(word);
  });

  it('has no flap in Britain', () => {
    expect(withEd('wˈAt', 'en-GB')).toBe('wˈAtɪd');
  });
});

describe('the sound of -ing', () => {
  it.each([
    ['wˈAt', 'wait', 'en-US', 'wˈAɾɪŋ'],
    ['wˈɔk', 'walk', 'en-US', 'wˈɔkɪŋ'],
    ['stˈɑː', 'star', 'en-GB', 'stˈɑːɹɪŋ'],
    ['sˈiː', 'see', 'en-GB', 'sˈiːɪŋ'],
    ['stˈɔː', 'store', 'en-GB', 'stˈɔːɹɪŋ'],
  ] as const)('%s (%s, %s) gives %s', (stem, written, dialect, word) => {
    expect(withIng(stem, written, dialect)).toBe(word);
  });
});

describe('stems', () => {
  it.each([
    [stemsOfS('cats'), ['cat']],
    [stemsOfS('ladies'), ['ladie', 'lady']],
    [stemsOfS("boss's"), ["boss'", 'boss']],
    [stemsOfS('glass'), []],
    [stemsOfEd('stopped'), ['stoppe', 'stopp', 'stop']],
    [stemsOfEd('tried'), ['trie', 'tri', 'try']],
    [stemsOfEd('red'), []],
    [stemsOfIng('baking'), ['bak', 'bake']],
    [stemsOfIng('stopping'), ['stopp', 'stoppe', 'stop']],
    [stemsOfIng('king'), []],
  ])('%j', (stems, expected) => {
    expect(stems).toEqual(expected);
  });
});
