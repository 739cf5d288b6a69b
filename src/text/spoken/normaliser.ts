/**
 * Written text to the words that are said for it: letters, white space and ordinary punctuation, no digit in any language.
 * English has rules of its own; the other languages of the splitter have their numbers and signs read. In any further
 * language numbers are said in English.
 */
import type { SpeakableOptions } from '../options.ts';
import { emojiWords, withoutEmoticons } from './emoji.ts';
import { englishWords } from './en/index.ts';
import { plainWords } from './other/plain-words.ts';

/** The words for a piece's visible text; '' when there is nothing to say. */
export type Normaliser = (visible: string) => string;

/** The normaliser for the language of `options`: American English for "en" and "en-US", British for the other "en-…". */
export function createNormaliser(options: SpeakableOptions): Normaliser {
  const english = /^en\b/i.test(options.lang);
  const british = english && /^en[-_](?:gb|uk|ie|au|nz|za|in)\b/i.test(options.lang);
  const toWords = (english ? undefined : plainWords(options.lang)) ?? englishWords(british);
  return (visible) => {
    const line = innerMarkers(joinLines(withoutEmoticons(emojiWords(visible, options.nameEmoji))));
    const words = onlySpeakable(toWords(plainForms(line)));
    const said = tidy(words.replace(/\p{N}+/gu, ' '));
    return /\p{L}/u.test(said) ? said : '';
  };
}

/** One line of text: a line that ends without a stop gets one, and so does a piece that ends with its line. */
function joinLines(visible: string): string {
  if (!visible.includes('\n')) return listMarker(visible.trim());
  return visible
    .trimStart()
    .replace(/([\p{L}\p{N}%)"'”’\]°])[ \t]*\n\s*(?=$|[^\s\p{Ll}])/gu, '$1. ')
    .split('\n')
    .map((line) => listMarker(line.trim()))
    .join(' ')
    .trim();
}

/** "1) Wash it" and "a. Wash it" begin with the number as a word of its own; a bullet is not said. */
function listMarker(line: string): string {
  return line
    .replace(/^(?:[•‣◦▪●⁃·∙]\s*|[–-]\s+)(?=[\p{L}\d(])/u, '')
    .replace(
      /^(?:(\d{1,3}|[a-zA-Z])(?:\.\)|\)|\.(?=\s))|\((\d{1,2}|[a-z])\)(?=\s+\p{L}))\s*(?=\S)/u,
      (_, a?: string, b?: string) => `${a ?? b ?? ''}. `,
    );
}

/** "either 1) alpha or 2) beta": a bracket that was never opened is a short pause. */
function innerMarkers(line: string): string {
  if (!line.includes(')')) return line;
  return line.replace(/(?<=(?:^|\s)(?:\d{1,2}|[a-zA-Z]))\)(?=\s)/g, (bracket, at: number) => {
    const before = line.slice(0, at);
    return before.lastIndexOf('(') > before.lastIndexOf(')') ? bracket : ',';
  });
}

/** Blanks, full-width and enclosed forms as plain ones, so that the rules have one form to know. */
function plainForms(text: string): string {
  return text
    .replace(/[\u00a0\u202f\u2002-\u200a]/g, ' ')
    .replace(/[\u200b\u200c\u2060\ufeff\u00ad]/g, '')
    .replace(OTHER_DIGITS, plainDigit)
    .replace(
      /[\u2160-\u2188\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf\uff05\uff10-\uff19\uff21-\uff5a\ufb00-\ufb06]|[\u{1d400}-\u{1d7ff}]/gu,
      (form) => form.normalize('NFKC'),
    );
}

/** Digits of other scripts than ours: Arabic, Devanagari, full-width, mathematical, … */
const OTHER_DIGITS = /(?![0-9])\p{Nd}/gu;

/** The ASCII form of a digit. Unicode keeps the ten digits of a script in a row, and rows stand beside one another. */
function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}

/** Drops every character that is not a letter, a mark, a digit, white space or ordinary punctuation. */
function onlySpeakable(text: string): string {
  return text
    .replace(/[«»]/g, '"')
    .replace(/[′‵]/g, "'")
    .replace(/[‐‑]/g, '-')
    .replace(/\s--+\s?|--+/g, ' — ')
    .replace(/[^\p{L}\p{M}\p{N}\s.,!?;:'"“”‘’„‚()…—–¿¡。、，！？；：「」『』（）《》・؟،؛।॥-]/gu, ' ');
}

/** Repeated marks once, no blanks before marks, no empty brackets. */
function tidy(text: string): string {
  return text
    .replace(/\(\s*\)/g, ' ')
    .replace(/"\s*"/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,!?;:…](?!\.))/g, '')
    .replace(/\.{2,}/g, '...')
    .replace(/([!?])\1+/g, '$1')
    .replace(/([!?])[!?]+/g, '$1')
    .replace(/([,;:])(?:\s*[,;])+/g, '$1')
    .replace(/(?<!\.)\.\s*:/g, ':')
    .replace(/[,;:]\s*\.(?!\.)/g, '.')
    .replace(/([!?])\s*,\s/g, '$1 ')
    .replace(/([!?])\s*\.(?!\.)/g, '$1')
    .replace(/^[\s,;:.!?…—–-]+(?=\S)/, '')
    .replace(/\(\s+/g, '(')
    .replace(/\s+\)/g, ')')
    .trim();
}
