/**
 * Looks words up in a dialect's dictionary as people write them: in another capitalisation, in capitals, by their use.
 */
import { type NextSound, type Tag } from './dialect.ts';
import { type Entry, type Lexicon, type Use, USES } from './lexicon.ts';
import { hasPrimary, joinLetterNames } from './sounds.ts';

/** What is known of a word's surroundings. */
export interface WordContext {
  readonly tag: Tag;
  readonly next: NextSound;
  /** Whether the next word is "to" ("used to"). */
  readonly beforeTo: boolean;
}

/** Changes a word's stress for its capitals. */
export type Lift = (phonemes: string) => string;

/** The dictionary as the rules use it. */
export interface Entries {
  /** Whether the dictionary holds the word, in this capitalisation or the other usual one. */
  has(word: string): boolean;
  /** Whether {@link read} can say it: held by the dictionary, a letter, or capitals to be spelled. */
  isKnown(word: string): boolean;
  /** The reading for the word's use; letters for names in capitals that the dictionary does not hold. */
  read(word: string, context: WordContext, lift: Lift): string | undefined;
  /** The checked reading of a word that the rules name, '' if there is none. */
  fixed(word: string, use?: Use): string;
  /** The word's letters by their names ("eff-bee-EYE"), or undefined when a letter has none. */
  spell(word: string): string | undefined;
}

/** Opens a dictionary for the rules. */
export function createEntries(lexicon: Lexicon): Entries {
  /** The entry of a word or of its other capitalisation; the checked list goes before the other. */
  const entryOf = (word: string, checkedOnly: boolean): Entry | undefined => {
    const exact = lexicon.find(word);
    if (exact?.checked) return exact;
    const twin = twinOf(word);
    const other = twin === undefined ? undefined : lexicon.find(twin);
    if (other?.checked) return other;
    return checkedOnly ? undefined : (exact ?? other);
  };
  const isChecked = (word: string): boolean => entryOf(word, true) !== undefined;
  const has = (word: string): boolean => entryOf(word, false) !== undefined;

  const spell = (word: string): string | undefined => {
    const names: string[] = [];
    for (const letter of word) {
      if (!/\p{L}/u.test(letter)) continue;
      const pronunciation = entryOf(letter.toUpperCase(), true)?.pronunciation;
      if (typeof pronunciation !== 'string') return undefined;
      names.push(pronunciation);
    }
    return names.length === 0 ? undefined : joinLetterNames(names);
  };

  const read = (written: string, context: WordContext, lift: Lift): string | undefined => {
    const unlisted = isUpper(written) && !isChecked(written);
    const isName = unlisted && context.tag === 'NNP';
    const word = unlisted ? written.toLowerCase() : written;
    // A name in capitals is spelled unless the checked list has it as a stressed word.
    const entry = entryOf(word, isName);
    const phonemes = entry === undefined ? '' : chooseUse(entry, context);
    if (phonemes === '' || (isName && !hasPrimary(phonemes))) {
      const letters = spell(word);
      if (letters !== undefined) return letters;
    }
    return phonemes === '' ? undefined : lift(phonemes);
  };

  return {
    has,
    isKnown: (word) =>
      has(word) ||
      (/^[A-Za-z]+$/.test(word) &&
        (word.length === 1 || isUpper(word.slice(1)) || (isUpper(word) && isChecked(word.toLowerCase())))),
    read,
    fixed: (word, use = 'DEFAULT') => {
      const entry = entryOf(word, true);
      return entry === undefined ? '' : readUse(entry, use);
    },
    spell,
  };
}

/** Whether the word holds no lower-case letter. */
export function isUpper(word: string): boolean {
  return word === word.toUpperCase();
}

/** The part of speech that stands above a Penn tag: VERB, NOUN, ADV, ADJ, or the tag itself. */
export function parentOf(tag: Tag): string {
  if (tag.startsWith('VB')) return 'VERB';
  if (tag.startsWith('NN')) return 'NOUN';
  if (tag.startsWith('RB')) return 'ADV';
  if (tag.startsWith('JJ')) return 'ADJ';
  return tag;
}

/** The same word with its first letter in the other case, if it has two letters or more and a usual form. */
function twinOf(word: string): string | undefined {
  if (word.length < 2) return undefined;
  const lower = word.toLowerCase();
  const capital = lower.charAt(0).toUpperCase() + lower.slice(1);
  if (word === lower && capital !== lower) return capital;
  return word === capital && capital !== lower ? lower : undefined;
}

function chooseUse(entry: Entry, { tag, next }: WordContext): string {
  const { pronunciation } = entry;
  if (typeof pronunciation === 'string') return pronunciation;
  if (next === 'pause' && pronunciation.has('None')) return readUse(entry, 'None');
  const exact = USES.find((use) => use === tag && pronunciation.has(use));
  return readUse(entry, exact ?? USES.find((use) => use === parentOf(tag)) ?? 'DEFAULT');
}

function readUse({ pronunciation }: Entry, use: Use): string {
  if (typeof pronunciation === 'string') return pronunciation;
  return pronunciation.get(use) ?? pronunciation.get('DEFAULT') ?? '';
}
