import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { openSpellingNetwork, type SpellingNetwork } from './spelling-network.ts';

let network: SpellingNetwork;
let bytes: Buffer;

beforeAll(() => {
  const path = join(import.meta.dirname, '../../../models/g2p-en/en-us.network');
  bytes = readFileSync(path);
  network = openSpellingNetwork(bytes);
});

describe('the spelling network', () => {
  // What a full-precision NumPy run of the published weights gives for these words, greedy decoding.
  it.each([
    ['Kokoro', 'kəkˈɔɹO'],
    ['misaki', 'mɪsˈɑki'],
    ['Tchaikovsky', 'tˌikAkˈɔfski'],
    ['blorft', 'blˈɔɹft'],
    ['zyzzyva', 'zˈɪzivə'],
    ['smollm', 'smˈOlm'],
    ['Anthropic', 'ænθɹˈɑpɪk'],
    ['Qwen', 'kwˈɛn'],
    ['kubernetes', 'kˌubəɹnˈits'],
    ['Nguyen', 'əŋɡˈIən'],
    ['Llama', 'lˈɑmə'],
    ['vibecoding', 'vˈIbkOdɪŋ'],
    ['x', 'ˈɛks'],
    ['cat', 'kˈæt'],
    ['Żubr', 'ˈʊbəɹ'],
    ['antidisestablishmentarianism', 'ˌæntidˌɪsəstˌæblɪʃməntˈɛɹiənˌɪzəm'],
    ['Worcestershire', 'wˈʊstəɹʃˌɪɹ'],
    ['McGillicuddy', 'məkˈɪlɪkˌʌdi'],
    ['quokka', 'kwˈɑkə'],
    ['Huggingface', 'hˈʌɡɪŋfˌAs'],
    ['pneumonoultramicroscopicsilicovolcanoconiosis', 'nˌumənOˌʌltɹəmˌIkɹəskˌɑpɪksˌɪləkOvɑlkˌAnOkˌOniˈOsɪs'],
    ['Björk', 'bˈʌɹk'],
    ['flibbertigibbet', 'flˌɪbəɹɾəʤˈɪbət'],
    ['gnocchi', 'nˈɑki'],
    ['Xiaomi', 'ʃiˈOmi'],
  ])('says %s as the published weights do', (word, phonemes) => {
    expect(network.pronounce(word)).toBe(phonemes);
  });

  it('gives the same answer twice', () => {
    expect(network.pronounce('Tchaikovsky')).toBe(network.pronounce('Tchaikovsky'));
  });

  it('ends on a word longer than it was made for', () => {
    expect(network.pronounce('supercali'.repeat(30)).length).toBeLessThan(64);
  });

  it.each([
    ['cut in the head', 0.001],
    ['cut in the weights', 0.99],
    ['empty', 0],
  ])('says that a file %s is damaged', (_, share) => {
    const cut = bytes.subarray(0, Math.floor(bytes.length * share));
    expect(() => openSpellingNetwork(cut)).toThrow('The network that pronounces unknown words is damaged.');
  });
});
