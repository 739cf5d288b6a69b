/**
 * Tells each word's part of speech (Penn Treebank tags) from its spelling and its neighbours.
 *
 * A greedy averaged perceptron, left to right, trained by `build/g2p/train-tagger.ts` on text that spaCy's small English
 * model had tagged. It is here because many words are said by their use: "a record" and "to record".
 */
import { z } from 'zod';

import { fail } from '../../common/result.ts';
import { PHRASES } from '../../common/strings/phrases.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { type Tag } from './dialect.ts';
import { featureHash, type LinearModel, openLinearModel } from './linear-model.ts';

/** Tags the units of one sentence. */
export interface Tagger {
  /** One tag for each unit. */
  tag(units: readonly { readonly text: string }[]): Tag[];
}

const headSchema = z.object({ labels: z.array(z.string()).min(1) });

/** Opens the tagger's table. Throws `model-damaged`. */
export function openTagger(bytes: Buffer): Tagger {
  const model = openLinearModel(bytes, PHRASES.g2p.speechTable);
  const head = headSchema.safeParse(model.head);
  if (!head.success) {
    return fail('model-damaged', 'speech', FAILURES.g2p.taggerDamaged);
  }
  const { labels } = head.data;
  return { tag: (units) => tagAll(model, labels, units) };
}

function tagAll(
  model: LinearModel,
  labels: readonly string[],
  units: readonly { readonly text: string }[],
): Tag[] {
  const context = describeUnits(units.map((unit) => unit.text));
  const tags: Tag[] = [];
  const scores = new Int32Array(labels.length);
  for (let i = 0; i < units.length; i += 1) {
    scores.fill(0);
    for (const feature of fixedFeatures(context, i)) model.addScores(feature, scores);
    for (const feature of tagFeatures(context, i, tags[i - 1], tags[i - 2])) model.addScores(feature, scores);
    const guess = labels[indexOfHighest(scores)] ?? 'NN';
    const isLetter = units[i]?.text === 'A' && tags[i - 1] === 'DT';
    tags.push(isInfinitive(context, i) ? 'VB' : isLetter ? 'NN' : guess);
  }
  return tags;
}

/** In a compound "to" goes before a verb: "easy-to-use", "how-to-record". */
function isInfinitive(units: readonly UnitView[], i: number): boolean {
  return (
    units[i - 1]?.word === '-' && units[i - 2]?.word === 'to' && /^[a-z]{2,}$/.test(units[i]?.word ?? '')
  );
}

/** Where the highest score stands (the first of equals). */
export function indexOfHighest(scores: Int32Array | Float32Array): number {
  let best = 0;
  for (let i = 1; i < scores.length; i += 1) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
  return best;
}

/** A unit as the features see it. */
export interface UnitView {
  /** Lower case, digits as 0, straight apostrophes. */
  readonly word: string;
  readonly ending: string;
  readonly shape: string;
}

const OUTSIDE: UnitView = { word: '', ending: '', shape: '' };

/** Prepares units for {@link fixedFeatures} and {@link tagFeatures}. */
export function describeUnits(texts: readonly string[]): UnitView[] {
  return texts.map((text, i) => {
    const word = text.toLowerCase().replace(/[‘’]/g, "'").replace(/\d/g, '0');
    return {
      word,
      ending: word.slice(-3),
      shape: shapeOf(text, i === 0 || !/[\p{L}\p{N}]/u.test(texts[i - 1] ?? '')),
    };
  });
}

function shapeOf(text: string, afterMark: boolean): string {
  const first = text.charAt(0);
  const capital = first !== first.toLowerCase();
  const kind = /\d/.test(text)
    ? 'digit'
    : !capital
      ? 'lower'
      : text.length > 1 && text === text.toUpperCase()
        ? 'upper'
        : 'capital';
  return afterMark ? `${kind}^` : kind;
}

/** Features that hang on the words alone. */
export function fixedFeatures(units: readonly UnitView[], i: number): number[] {
  const at = (offset: number): UnitView => units[i + offset] ?? OUTSIDE;
  const { word, ending, shape } = at(0);
  const before = at(-1);
  const after = at(1);
  return [
    featureHash('w', word),
    featureHash('w|shape', `${word} ${shape}`),
    featureHash('s1', word.slice(-1)),
    featureHash('s2', word.slice(-2)),
    featureHash('s3', ending),
    featureHash('s4', word.slice(-4)),
    featureHash('p2', word.slice(0, 2)),
    featureHash('shape', shape),
    featureHash('shape|s3', `${shape} ${ending}`),
    featureHash('w-1', before.word),
    featureHash('w-2', at(-2).word),
    featureHash('w+1', after.word),
    featureHash('w+2', at(2).word),
    featureHash('s3-1', before.ending),
    featureHash('s3+1', after.ending),
    featureHash('shape+1', after.shape),
    featureHash('w-1w', `${before.word} ${word}`),
    featureHash('ww+1', `${word} ${after.word}`),
    featureHash('w-1w+1', `${before.word} ${after.word}`),
    featureHash('w+1w+2', `${after.word} ${at(2).word}`),
  ];
}

/** Features that hang on the tags already given. */
export function tagFeatures(units: readonly UnitView[], i: number, last = '^', lastButOne = '^'): number[] {
  const word = units[i]?.word ?? '';
  const after = units[i + 1] ?? OUTSIDE;
  return [
    featureHash('bias', ''),
    featureHash('t-1', last),
    featureHash('t-2t-1', `${lastButOne} ${last}`),
    featureHash('t-1w', `${last} ${word}`),
    featureHash('t-2t-1w', `${lastButOne} ${last} ${word}`),
    featureHash('t-1s3', `${last} ${units[i]?.ending ?? ''}`),
    featureHash('t-1w+1', `${last} ${after.word}`),
  ];
}
