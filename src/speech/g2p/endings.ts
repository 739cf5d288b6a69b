/**
 * Sounds of the regular endings -s, -ed and -ing after a stem.
 *
 * The rules are those of English phonology (voicing agreement, an extra vowel between like sounds, the American flap of
 * t between vowels); which vowel the voices expect is learnt from hexgrad/misaki `en.py`.
 */
import { type Dialect } from './dialect.ts';

const VOICELESS_BEFORE_S: ReadonlySet<string> = new Set('ptkfθ');
const HISSING: ReadonlySet<string> = new Set('szʃʒʧʤ');
const VOICELESS_BEFORE_D: ReadonlySet<string> = new Set('pkfθʃsʧ');
/** After these an American t between vowels is a flap. */
const FLAPPING: ReadonlySet<string> = new Set('AIOWYiuæɑəɛɪɹʊʌ');

/** The stem with -s or -'s: cats, dogs, horses. */
export function withS(stem: string, dialect: Dialect): string {
  const last = stem.at(-1) ?? '';
  if (VOICELESS_BEFORE_S.has(last)) return `${stem}s`;
  if (HISSING.has(last)) return `${stem}${weakVowel(dialect)}z`;
  return `${stem}z`;
}

/** The stem with -ed: walked, needed, waited, played. */
export function withEd(stem: string, dialect: Dialect): string {
  const last = stem.at(-1) ?? '';
  if (VOICELESS_BEFORE_D.has(last)) return `${stem}t`;
  if (last === 'd') return `${stem}${weakVowel(dialect)}d`;
  if (last !== 't') return `${stem}d`;
  if (dialect === 'en-GB') return `${stem}ɪd`;
  return flaps(stem) ? `${stem.slice(0, -1)}ɾᵻd` : `${stem}${stem.length < 2 ? 'ɪ' : 'ᵻ'}d`;
}

/**
 * The stem with -ing.
 * @param written the stem as spelled: a British r that is silent at its end is heard again before -ing ("starring").
 */
export function withIng(stem: string, written: string, dialect: Dialect): string {
  if (dialect === 'en-GB') return /[ə]$|ː$/.test(stem) && /re?$/.test(written) ? `${stem}ɹɪŋ` : `${stem}ɪŋ`;
  return flaps(stem) ? `${stem.slice(0, -1)}ɾɪŋ` : `${stem}ɪŋ`;
}

function weakVowel(dialect: Dialect): string {
  return dialect === 'en-GB' ? 'ɪ' : 'ᵻ';
}

function flaps(stem: string): boolean {
  return stem.length > 1 && stem.endsWith('t') && FLAPPING.has(stem.at(-2) ?? '');
}
