/**
 * Words spelled alike but said differently where a neighbour alone decides: "a lead pipe", "a learned man", "caught a bass".
 * Written by hand for what the trained table and the parts of speech read wrongly; where no phrase fits they have the word.
 */
import { type Dialect, type Tag } from './dialect.ts';

interface Phrase {
  readonly word: string;
  readonly us: string;
  readonly gb: string;
  /** The words just before, with a blank at each end; left out, any. */
  readonly before?: RegExp;
  /** The words just after, with a blank at each end; left out, any. */
  readonly after?: RegExp;
  /** The tag of the word before; left out, any. */
  readonly tagBefore?: RegExp;
  /** Whether the word itself must begin with a capital. */
  readonly capital?: true;
}

const PHRASES: readonly Phrase[] = [
  {
    word: 'lead',
    us: 'lˈɛd',
    gb: 'lˈɛd',
    after:
      /^ (?:pipes?|piping|paints?|poisoning|acid|bullets?|shot|weights?|crystal|ore|ores|solder|batter(?:y|ies)|shield(?:ing)?|aprons?|pencils?|balloon|exposure|contamination|oxide|sinkers?) /,
  },
  {
    word: 'learned',
    us: 'lˈɜɹnᵻd',
    gb: 'lˈɜːnɪd',
    after:
      /^ (?:man|men|woman|women|people|persons?|scholars?|judges?|friends?|counsel|societ(?:y|ies)|journals?|professors?|gentlem[ae]n|doctors?|colleagues?|authors?|professions?) /,
  },
  {
    word: 'aged',
    us: 'ˈAʤᵻd',
    gb: 'ˈAʤɪd',
    after: /^ (?:man|men|woman|women|people|persons?|parents?|father|mother|relatives?|couple|aunt|uncle) /,
  },
  {
    word: 'minute',
    us: 'mInˈut',
    gb: 'mInjˈuːt',
    after:
      /^ (?:amounts?|details?|quantit(?:y|ies)|differences?|particles?|traces?|changes?|fractions?|variations?|portions?|quantum|organisms?|doses?) /,
  },
  {
    word: 'contract',
    us: 'kəntɹˈækt',
    gb: 'kəntɹˈakt',
    before: /(?<! (?:sales|services|works|futures|goods|sports|arms|workers)) $/,
    after: /^ (?:when|as|if|because|whenever|and|during|rapidly|quickly|slowly|under|in|until|to) /,
    tagBefore: /^NNP?S$/,
  },
  {
    word: 'invalid',
    us: 'ˈɪnvəlᵻd',
    gb: 'ˈɪnvəlɪd',
    before: / (?:the|an|poor|elderly|old) $/,
    after: /^ (?:had|has|was|is|who|lay|sat|could|would|and|for|in|needs|needed) /,
  },
  { word: 'dove', us: 'dˈOv', gb: 'dˈQv', before: / (?:dove|doves) $/ },
  {
    word: 'bass',
    us: 'bˈæs',
    gb: 'bˈas',
    before:
      / (?:sea|largemouth|smallmouth|striped|grilled|fried|(?:caught|catch|catching|hooked|landed|cooked)(?: an?| the| some| two| big| large| huge)*) $/,
  },
  {
    word: 'content',
    us: 'kəntˈɛnt',
    gb: 'kəntˈɛnt',
    before:
      / (?:him|her|them|me|us|himself|herself|themselves|feels?|felt|quite|very|perfectly|seems?|seemed|more|not) $/,
    after: /^ (?:[.,!?;]|with|to|and|if|as) /,
  },
  {
    word: 'nice',
    us: 'nˈis',
    gb: 'nˈiːs',
    capital: true,
    before: / (?:in|to|from|near|visit|visited|via) $/,
    after: /^ (?:[.,!?;]|and|is|was|on|by|for|or|to|last|next|in|airport) /,
  },
  {
    word: 'polish',
    us: 'pˈɑlɪʃ',
    gb: 'pˈɒlɪʃ',
    capital: true,
    before: /^ (?:.* [.!?:] )?$/,
    after: /^ (?:the|your|it|them|this|these|each|all|until|with|and) /,
  },
  {
    word: 'moped',
    us: 'mˈOpt',
    gb: 'mˈQpt',
    before: / (?:i|he|she|they|we|you|just|simply) $/,
  },
  { word: 'moped', us: 'mˈOpt', gb: 'mˈQpt', after: /^ (?:around|about) / },
  {
    word: 'digest',
    us: 'dˈIʤˌɛst',
    gb: 'dˈIʤɛst',
    before: / (?:the|a|an|this|weekly|daily|monthly|each|news) $/,
  },
];

const WORDS: ReadonlySet<string> = new Set(PHRASES.map(({ word }) => word));
/** How many words before and after a phrase may look at. */
const REACH = 4;

/** The pronunciations that phrases give, by unit; undefined where none fits. */
export function readPhrases(
  units: readonly { readonly text: string }[],
  tags: readonly Tag[],
  dialect: Dialect,
): (string | undefined)[] {
  const words = units.map(({ text }) => text.toLowerCase());
  return words.map((word, i) => {
    if (!WORDS.has(word)) return undefined;
    const before = ` ${words.slice(Math.max(0, i - REACH), i).join(' ')} `.replace(/^ {2}$/, ' ');
    const after = ` ${words.slice(i + 1, i + 1 + REACH).join(' ')} `;
    const capital = word !== units[i]?.text;
    const phrase = PHRASES.find(
      (candidate) =>
        candidate.word === word &&
        (candidate.capital === undefined || capital) &&
        (candidate.before?.test(before) ?? true) &&
        (candidate.after?.test(after) ?? true) &&
        (candidate.tagBefore?.test(tags[i - 1] ?? '') ?? true),
    );
    return dialect === 'en-GB' ? phrase?.gb : phrase?.us;
  });
}
