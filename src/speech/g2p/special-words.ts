/**
 * Words whose sound hangs on their neighbours ("a", "the", "to", "in", "used"), and forms that only look like words
 * ("U.S.", "vs.", "&"). After hexgrad/misaki `en.py`.
 */
import { type Entries, parentOf, type WordContext } from './entries.ts';
import { emphasize } from './sounds.ts';

/** What `&` and the like are called. */
const SYMBOL_NAMES: ReadonlyMap<string, string> = new Map([
  ['%', 'percent'],
  ['&', 'and'],
  ['+', 'plus'],
  ['@', 'at'],
]);
const DOTTED_LETTERS = /^(?:\p{L}{1,2}\.)+\p{L}{1,2}\.?$/u;

/** Phonemes of a special word, or undefined where the ordinary rules hold. */
export function readSpecialWord(word: string, context: WordContext, entries: Entries): string | undefined {
  const { tag, next } = context;
  const symbol = SYMBOL_NAMES.get(word);
  if (symbol !== undefined) return entries.fixed(symbol);
  if (DOTTED_LETTERS.test(word)) return entries.spell(word);
  const capitals = word.length > 1 && word === word.toUpperCase();
  switch (word.toLowerCase()) {
    case 'a':
      return tag === 'DT' && !(word === 'A' && next === 'pause') ? 'ɐ' : 'ˈA';
    case 'am':
      if (tag.startsWith('NN')) return entries.spell(word);
      return next === 'pause' || word !== 'am' ? entries.fixed('am') : 'ɐm';
    case 'an':
      return capitals && tag.startsWith('NN') ? entries.spell(word) : 'ɐn';
    case 'i':
      return word === 'I' && tag === 'PRP' ? 'ˌI' : undefined;
    case 'by':
      return parentOf(tag) === 'ADV' ? emphasize(entries.fixed('by')) : undefined;
    case 'to':
      if (capitals && tag !== 'TO' && tag !== 'IN') return undefined;
      return next === 'pause' ? entries.fixed('to') : next === 'vowel' ? 'tʊ' : 'tə';
    case 'in':
      if (capitals && tag === 'NNP') return undefined;
      return next === 'pause' || tag !== 'IN' ? 'ˈɪn' : 'ɪn';
    case 'the':
      if (capitals && tag !== 'DT') return undefined;
      return next === 'vowel' ? 'ði' : 'ðə';
    case 'vs':
    case 'vs.':
      return entries.fixed('versus');
    case 'used':
      return entries.fixed('used', context.beforeTo && (tag === 'VBD' || tag === 'JJ') ? 'VBD' : 'DEFAULT');
    default:
      return undefined;
  }
}
