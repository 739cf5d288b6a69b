/**
 * Compares our phonemes with those of Python's misaki 0.9.4 on sentences of our own (`fixtures/misaki.tsv`, written by
 * `build/g2p/make-reference.py`). Every word that differs must stand in the list below with its reason, and every line
 * of the list must still be true.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Dialect, loadG2p } from './g2p.ts';

const UNKNOWN = 'misaki has no reading for it without eSpeak';
const SENSE = 'misaki knows one sense only; ours is the one meant here';
const NAME = 'misaki anglicises the name';

/** A word, its sentence, and why we say it otherwise. */
const DELIBERATE: readonly (readonly [word: string, sentence: string, reason: string])[] = [
  ['Mia', 'One day, a young girl named Mia knocked on the door.', UNKNOWN],
  ['Mia', 'Mia laughed and handed it a jar of yellow paint.', UNKNOWN],
  [
    'JSON',
    "The server responds with a JSON object that contains the user's name.",
    'programmers say it as the name Jason',
  ],
  ['Overfitting', 'Overfitting happens when a model memorizes the training data.', UNKNOWN],
  ['PhD', 'She earned her PhD at MIT.', UNKNOWN],
  ['Gandhi', 'Gandhi led a peaceful movement for independence.', UNKNOWN],
  ['Marie', 'Marie Curie won two Nobel Prizes.', UNKNOWN],
  ['Mozart', 'Mozart composed his first symphony when he was eight years old.', UNKNOWN],
  ['lead', 'The pipes are made of lead.', SENSE],
  ['bass', 'The band needs a new bass player.', SENSE],
  ['bow', 'The actors took a bow.', SENSE],
  ['row', 'They had a terrible row last night.', SENSE],
  ['Chopin', 'Chopin, Beethoven, and Tchaikovsky are on the program.', NAME],
  ['Beethoven', 'Chopin, Beethoven, and Tchaikovsky are on the program.', UNKNOWN],
  ['Tchaikovsky', 'Chopin, Beethoven, and Tchaikovsky are on the program.', UNKNOWN],
  ['Stephanie', 'Michael and Stephanie are moving to Philadelphia.', UNKNOWN],
  ['Microsoft', 'Microsoft, Apple, and Google are technology companies.', UNKNOWN],
  ['Barack', 'Barack Obama was born in Honolulu.', UNKNOWN],
];

/** The same for British speech only. */
const DELIBERATE_BRITISH: typeof DELIBERATE = [
  ['dipped', 'Every morning, it dipped its brush into a pot of blue paint.', UNKNOWN],
  [
    'URL',
    'Make sure the URL is correct and that you have permission to read the file.',
    'the r is heard before a vowel',
  ],
  ['merrier', 'The more, the merrier.', UNKNOWN],
];

const REFERENCE = readFileSync(join(import.meta.dirname, 'fixtures/misaki.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [sentence = '', american = '', british = ''] = line.split('\t');
    return { sentence, american, british };
  });

interface Comparison {
  readonly words: number;
  readonly sentencesThatDiffer: number;
  /** As `word | sentence`. */
  readonly differences: readonly string[];
}

async function compare(dialect: Dialect): Promise<Comparison> {
  const g2p = await loadG2p(join(import.meta.dirname, '../../../models'), dialect);
  const differences: string[] = [];
  let words = 0;
  let sentencesThatDiffer = 0;
  for (const { sentence, american, british } of REFERENCE) {
    const theirs = (dialect === 'en-GB' ? british : american).split(/ +/);
    const { phonemes, tokens } = g2p.phonemize(sentence);
    const ours = phonemes.split(' ');
    words += theirs.length;
    if (theirs.join(' ') === phonemes) continue;
    sentencesThatDiffer += 1;
    expect(ours, sentence).toHaveLength(theirs.length);
    let at = 0;
    ours.forEach((word, i) => {
      const token = tokens.find((t) => t.kind === 'word' && t.phonemeStart >= at);
      if (word !== theirs[i]) differences.push(`${sentence.slice(token?.start, token?.end)} | ${sentence}`);
      at += word.length + 1;
    });
  }
  return { words, sentencesThatDiffer, differences };
}

const lines = (list: typeof DELIBERATE): string[] =>
  list.map(([word, sentence]) => `${word} | ${sentence}`).sort();

describe.each([
  ['en-US', DELIBERATE],
  ['en-GB', [...DELIBERATE, ...DELIBERATE_BRITISH]],
] as const)('beside misaki, %s', (dialect, deliberate) => {
  let comparison: Comparison;

  beforeAll(async () => {
    comparison = await compare(dialect);
  });

  it('differs in exactly the words that are listed with a reason', () => {
    expect([...comparison.differences].sort()).toEqual(lines(deliberate));
  });

  it('agrees on 99 words of 100 and 94 sentences of 100', () => {
    expect(REFERENCE.length).toBeGreaterThanOrEqual(300);
    expect(comparison.differences.length / comparison.words).toBeLessThan(0.01);
    expect(comparison.sentencesThatDiffer / REFERENCE.length).toBeLessThan(0.06);
  });
});
