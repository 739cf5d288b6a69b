/**
 * Tells apart words that are spelled alike but said differently, by the words around them: a bass that is caught and one
 * that is played, "read" of today and of yesterday.
 *
 * For each such word a small linear table chooses one of two or three pronunciations. It holds only words for which this
 * is better than the dictionary's choice by part of speech; "read" has rules of its own. Trained by
 * `build/g2p/train-homographs.ts`.
 */
import { z } from 'zod';

import { fail } from '../../common/result.ts';
import { PHRASES } from '../../common/strings/phrases.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { type Dialect, type Tag } from './dialect.ts';
import { featureHash, openLinearModel } from './linear-model.ts';
import { describeUnits, indexOfHighest, type UnitView } from './tagger.ts';
import { isReadPast } from './tense-of-read.ts';

/** Chooses pronunciations. */
export interface Homographs {
  /**
   * For each unit its pronunciation where it is a homograph of the table, else undefined.
   * @param tags the units' parts of speech.
   */
  choose(units: readonly { readonly text: string }[], tags: readonly Tag[]): (string | undefined)[];
}

const headSchema = z.object({
  /** Lower-case word to its pronunciations; the place in the list is the label. */
  words: z.record(z.string(), z.array(z.object({ us: z.string(), gb: z.string() })).min(2)),
});

/** What the file's head holds. */
export type HomographHead = z.infer<typeof headSchema>;

/** Opens the table. Throws `model-damaged`. */
export function openHomographs(bytes: Buffer, dialect: Dialect): Homographs {
  const model = openLinearModel(bytes, PHRASES.g2p.homographTable);
  const head = headSchema.safeParse(model.head);
  if (!head.success) {
    return fail('model-damaged', 'speech', FAILURES.g2p.homographsDamaged);
  }
  const words = new Map(
    Object.entries(head.data.words).map(([word, forms]) => [
      word,
      forms.map((form) => (dialect === 'en-GB' ? form.gb : form.us)),
    ]),
  );
  return {
    choose: (units, tags) => {
      const views = describeUnits(units.map((unit) => unit.text));
      return views.map(({ word }, i) => {
        if (word === 'read')
          return isReadPast(views, tags, i) ? 'ɹˈɛd' : dialect === 'en-GB' ? 'ɹˈiːd' : 'ɹˈid';
        const forms = words.get(word);
        if (forms === undefined) return undefined;
        const scores = new Int32Array(forms.length);
        for (const feature of homographFeatures(views, tags, i)) model.addScores(feature, scores);
        return forms[indexOfHighest(scores)];
      });
    },
  };
}

const OUTSIDE: UnitView = { word: '', ending: '', shape: '' };

/** What the table looks at for unit `i`: the words near by with their parts of speech, and every word of the text. */
export function homographFeatures(units: readonly UnitView[], tags: readonly Tag[], i: number): number[] {
  const { word, shape } = units[i] ?? OUTSIDE;
  const near = (offset: number): string => units[i + offset]?.word ?? '';
  const tag = (offset: number): string => tags[i + offset] ?? '';
  const feature = (name: string, value: string): number => featureHash(name, `${word} ${value}`);
  const features = [
    feature('bias', ''),
    feature('shape', shape),
    feature('t', tag(0)),
    feature('t-1', tag(-1)),
    feature('t+1', tag(1)),
    feature('t-2t-1', `${tag(-2)} ${tag(-1)}`),
    feature('t+1t+2', `${tag(1)} ${tag(2)}`),
    feature('t-1t+1', `${tag(-1)} ${tag(1)}`),
    feature('w-1', near(-1)),
    feature('w+1', near(1)),
    feature('w-2w-1', `${near(-2)} ${near(-1)}`),
    feature('w+1w+2', `${near(1)} ${near(2)}`),
    feature('w-1w+1', `${near(-1)} ${near(1)}`),
  ];
  const seen = new Set<string>();
  units.forEach((unit, j) => {
    if (j === i || unit.word.length < 3 || seen.has(unit.word)) return;
    seen.add(unit.word);
    features.push(feature('near', unit.word));
    if (Math.abs(j - i) <= 4) features.push(feature('close', unit.word));
  });
  return features;
}
