import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { type G2p, loadG2p } from './g2p.ts';

let us: G2p;
let gb: G2p;

beforeAll(async () => {
  const data = join(import.meta.dirname, '../../../models');
  [us, gb] = await Promise.all([loadG2p(data, 'en-US'), loadG2p(data, 'en-GB')]);
});

const say = (text: string): string => us.phonemize(text).phonemes;

describe('words that hang on the next sound', () => {
  it.each([
    ['the apple', 'ði ˈæpᵊl'],
    ['the pear', 'ðə pˈɛɹ'],
    ['the hour', 'ði ˈWəɹ'],
    ['the university', 'ðə jˌunəvˈɜɹsəTi'],
    ['the FBI', 'ði ˌɛfbˌiˈI'],
    ['to eat', 'tʊ ˈit'],
    ['to go', 'tə ɡˌO'],
    ['a dog', 'ɐ dˈɔɡ'],
    ['an egg', 'ɐn ˈɛɡ'],
  ])('%s', (text, phonemes) => {
    expect(say(text)).toBe(phonemes);
  });

  it('are strong before a pause', () => {
    expect(say('What are you up to?')).toMatch(/tˈ?u\?$/);
    expect(say('Come in!')).toBe('kˈʌm ˈɪn!');
    expect(say('Yes, I can.')).toBe('jˈɛs, ˌI kˈæn.');
  });

  it('look through quotes but not through commas', () => {
    expect(say('the "apple"')).toBe('ði “ˈæpᵊl”');
    expect(say('to, apples')).toBe('tu, ˈæpᵊlz');
  });
});

describe('initialisms and acronyms', () => {
  it.each([
    ['FBI', 'ˌɛfbˌiˈI'],
    ['NASA', 'nˈæsə'],
    ['JPEG', 'ʤˈApˌɛɡ'],
    ['CPUs', 'sˌipˌijˈuz'],
    ['PhD', 'pˌiˌAʧdˈi'],
    ['U.S.A', 'jˌuˌɛsˈA'],
    ["the CEO's car", 'ðə sˌiˌiˈOz kˈɑɹ'],
    ['HTML', 'ˌAʧtˌiˌɛmˈɛl'],
    ['iOS', 'ˌIOˈɛs'],
    ['vitamin A', 'vˈITəmən ˈA'],
    ['an A grade', 'ɐn ˈA ɡɹˈAd'],
    ['A/B test', 'ˈA bˈi tˈɛst'],
    ['the US', 'ðə jˌuˈɛs'],
  ])('%s', (text, phonemes) => {
    expect(say(text)).toBe(phonemes);
  });

  it('are not seen in a shouted sentence', () => {
    expect(say('GIVE IT TO US NOW')).toBe(say('give it to us now'));
  });
});

describe('endings, possessives and contractions', () => {
  it.each([
    ["the dog's tail", 'ðə dˈɔɡz tˈAl'],
    ["the dogs' tails", 'ðə dˈɔɡz tˈAlz'],
    ["James's", 'ʤˈAmzᵻz'],
    ["the boss's", 'ðə bˈɔsᵻz'],
    ["that'll do", 'ðˈætᵊl dˈu'],
    ["I'll", 'ˌIl'],
    ["isn't", 'ˈɪzᵊnt'],
    ['blogging', 'blˈɑɡɪŋ'],
    ['Googled', 'ɡˈuɡᵊld'],
  ])('%s', (text, phonemes) => {
    expect(say(text)).toBe(phonemes);
  });
});

describe('compounds', () => {
  it.each([
    ['T-shirt', 'tˈiʃˌɜɹt'],
    ['well-known', 'wˌɛlnˈOn'],
    ['webhook', 'wˈɛbhˌʊk'],
    ['microservices', 'mˈIkɹOsˌɜɹvəsᵻz'],
    ['and/or', 'ænd ɔɹ'],
    ['easy-to-use', 'ˈizitəjˈuz'],
  ])('%s', (text, phonemes) => {
    expect(say(text)).toBe(phonemes);
  });
});

describe('names that misaki does not know', () => {
  it.each([
    ['Kevin', 'kˈɛvɪn'],
    ['Microsoft', 'mˈIkɹˌOsˈɔft'],
    ['Tchaikovsky', 'ʧIkˈɔfski'],
    ['Nguyen', 'wˈɪn'],
    ['Siobhan', 'ʃəvˈɔn'],
    ["Catherine's", 'kˈæθəɹənz'],
    ["Zintharic's", 'zɪnθˈɛɹɪks'],
    ["Stephanie'll", 'stˈɛfənil'],
    ['Björn', 'bjˈɔɹn'],
    ['GitHub', 'ɡˈɪthˌʌb'],
  ])('%s', (text, phonemes) => {
    expect(say(text)).toBe(phonemes);
  });
});

describe('British speech', () => {
  it.each([
    ['bath', 'bˈɑːθ'],
    ['water', 'wˈɔːtə'],
    ['go home', 'ɡˌQ hˈQm'],
    ['wanted', 'wˈɒntɪd'],
    ['horses', 'hˈɔːsɪz'],
    ['starring', 'stˈɑːɹɪŋ'],
    ['seeing', 'sˈiːɪŋ'],
    ['Peterson', 'pˈiːtəsən'],
    ['chatbot', 'ʧˈatbɒt'],
  ])('%s', (text, phonemes) => {
    expect(gb.phonemize(text).phonemes).toBe(phonemes);
  });

  it('never uses a sound that only American voices have', () => {
    const text = 'Kevin wanted better butter, Microsoft, Zuckerberg, Quarnazule and Blorfington Road.';
    expect(gb.phonemize(text).phonemes).not.toMatch(/[OæTɾᵻʔ]|ɜɹ(?![ˈˌ]?[AIQWYaiuɑɒɔəɛɜɪʊʌᵊ])/);
  });
});
