/**
 * Whether "read" is said as today's or as yesterday's. Its spelling does not tell, and taggers guess badly; the words
 * around it mostly do tell: helpers before it, its subject, and times in the sentence.
 */
import { type Tag } from './dialect.ts';
import { type UnitView } from './tagger.ts';

/** Helpers after which "read" is the plain form. */
const PLAIN_AFTER = new Set(
  "to do does did will would can could shall should may might must ca wo let lets 'll".split(' '),
);
/** Helpers after which it is the participle. */
const PARTICIPLE_AFTER = new Set(
  "have has had having 've be been being is are was were am 'm 're get gets got".split(' '),
);
/** What may stand between a helper and its verb, besides adverbs. */
const BETWEEN = new Set("i you he she it we they who not n't never ever just already people".split(' '));
/** Subjects that would ask for "reads" today. */
const SINGULAR = new Set(['he', 'she', 'it']);
const HABIT = new Set('every always usually often sometimes never each daily whenever regularly'.split(' '));
const PAST = new Set('yesterday ago last once earlier previously finally'.split(' '));

/** True for the past or the participle (like "red"), false for the present (like "reed"). */
export function isReadPast(units: readonly UnitView[], tags: readonly Tag[], i: number): boolean {
  const helper = helperBefore(units, tags, i);
  if (helper !== undefined) return helper === 'participle';
  const subject = units[i - 1]?.word ?? '';
  if (SINGULAR.has(subject) || (tags[i - 1] ?? '').match(/^NNP?$/)) return true;
  const before = tags[i - 1] ?? '';
  if (i === 0 || isNoun(units, tags, i) || (tags[i] === 'VB' && before !== 'CC')) return false;
  const words = units.map((unit) => unit.word);
  if (words.some((word) => PAST.has(word)) || tags.some((tag, j) => tag === 'VBD' && j !== i)) return true;
  if (words.some((word) => HABIT.has(word))) return false;
  return tags[i] === 'VBD' || tags[i] === 'VBN' || tags[i] === 'JJ';
}

/** "a good read", "read access": the noun is said like the present. */
function isNoun(units: readonly UnitView[], tags: readonly Tag[], i: number): boolean {
  return (
    /^(?:DT|JJ[RS]?|PRP\$)$/.test(tags[i - 1] ?? '') &&
    !/^(?:that|this|these|those|by|aloud)$/.test(units[i + 1]?.word ?? '')
  );
}

function helperBefore(
  units: readonly UnitView[],
  tags: readonly Tag[],
  i: number,
): 'plain' | 'participle' | undefined {
  for (let j = i - 1; j >= 0 && j >= i - 4; j -= 1) {
    const word = units[j]?.word ?? '';
    if (PLAIN_AFTER.has(word)) return 'plain';
    if (PARTICIPLE_AFTER.has(word)) return 'participle';
    if (!BETWEEN.has(word) && !(tags[j] ?? '').startsWith('RB')) return undefined;
  }
  return undefined;
}
