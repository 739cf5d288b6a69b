/** Judges a single full stop that has white space, and no small letter, after it. */
import * as chars from './chars.ts';
import type { AbbreviationKind, SplitterLanguage } from './languages/language.ts';
import { nextWord, REJECT, wordBefore, type Verdict } from './verdict.ts';
import type { Window } from './window.ts';

interface Place {
  /** The stop. */
  readonly position: number;
  /** After the stop and what closes with it. */
  readonly end: number;
  /** The first character of the next token, after opening quotes and brackets. */
  readonly next: number;
}

/** What the rules ask about the surroundings; each answer is worked out only when asked. */
interface Evidence extends Place {
  readonly view: Window;
  readonly language: SplitterLanguage;
  /** The characters before the stop back to white space, opening marks left out. */
  readonly token: string;
}

export function judgeFullStop(view: Window, place: Place, language: SplitterLanguage): Verdict {
  if (endsPlainly(view, place.position, language)) return place.end;
  if (view.unitEnd === place.position) return place.end;
  const raw = view.tokenBefore(place.position);
  if (endsWithUnit(view, place, raw)) return place.end;
  // "(b. 1784)", "founded c. 1450"
  if (/^\([bcdr]$/.test(raw) && chars.isDigit(view.at(place.next))) return REJECT;
  if (raw === 'c' && /^\d{3,4}(?!\d)/.test(view.tokenAfter(place.next))) return REJECT;
  const token = withoutOpening(raw);
  // Named one by one: a spread costs a third of the whole judgement.
  const { position, end, next } = place;
  const evidence: Evidence = { position, end, next, view, language, token };
  if (token === '' || goesOn(evidence)) return token === '' ? place.end : REJECT;
  return place.end;
}

/** "88 °C." and "12 V.": the letter is a unit, not an initial. */
function endsWithUnit(view: Window, { position, next }: Place, raw: string): boolean {
  if (/°[CFK]$/.test(raw)) return true;
  return (
    /^[VAWKCFNJL]$/.test(raw) &&
    chars.isDigit(view.at(position - 3)) &&
    chars.isBlank(view.at(position - 2)) &&
    /^\p{Lu}[^.]*$/u.test(view.tokenAfter(next))
  );
}

/** A token without the marks before its first letter or digit. */
function withoutOpening(raw: string): string {
  let from = 0;
  while (
    from < raw.length &&
    !chars.isWordCharacter(raw.charCodeAt(from)) &&
    !isSurrogate(raw.charCodeAt(from))
  )
    from++;
  return from === 0 ? raw : raw.slice(from);
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/**
 * Whether a word of small ASCII letters that is no abbreviation stands before the stop: the end of nearly every sentence,
 * found without making a string of it.
 */
function endsPlainly(view: Window, position: number, language: SplitterLanguage): boolean {
  let from = position;
  while (from > view.start) {
    const code = view.at(from - 1);
    if (code < 0x61 || code > 0x7a) break;
    from--;
  }
  const length = position - from;
  if (length < 2 || (from > view.start && !chars.isSpace(view.at(from - 1)))) return false;
  const shaped = language.shapes.has(view.at(from) * 32 + length);
  return length > 30 || !shaped || !language.abbreviations.has(view.slice(from, position));
}

/** Whether the sentence goes on after the stop. */
function goesOn(evidence: Evidence): boolean {
  const { token } = evidence;
  if (chars.isDigit(token.charCodeAt(0)) && /^\d+$/.test(token)) return numberGoesOn(evidence);
  if (token.length === 1 && chars.isLetter(token.charCodeAt(0))) {
    const kind = kindOf(evidence);
    if (kind === 'label' && abbreviationGoesOn(evidence, kind)) return true;
    const initial = chars.isUpper(token.charCodeAt(0)) || isPieceStart(evidence);
    if (initial) return initialGoesOn(evidence);
    return kind !== undefined && abbreviationGoesOn(evidence, kind);
  }
  const kind = kindOf(evidence);
  if (kind !== undefined) return abbreviationGoesOn(evidence, kind);
  // Initials and unknown dotted abbreviations: "J.R.R.", "N.L."
  return token.charCodeAt(1) === 0x2e && /^(?:\p{L}\.)+\p{L}$/u.test(token) && !startsSentence(evidence);
}

function kindOf({ token, language, view, next }: Evidence): AbbreviationKind | undefined {
  const key = token.toLowerCase();
  const kind = language.abbreviations.get(key) ?? language.abbreviations.get(lastPart(key));
  if (kind === undefined) return isStreet(key, language) ? 'label' : undefined;
  if (language.capitalOnly.has(key) && chars.isLower(token.charCodeAt(0)) && !chars.isDigit(view.at(next))) {
    return undefined;
  }
  return kind;
}

/** "Hauptstr.": a number follows, or it was the end. */
function isStreet(key: string, { streetEnding }: SplitterLanguage): boolean {
  return streetEnding !== '' && key.length > streetEnding.length + 2 && key.endsWith(streetEnding);
}

/** "W/Dr" and "ex-Gov": the part after the last slash or hyphen. */
function lastPart(token: string): string {
  return /[/-]([^/-]+)$/.exec(token)?.[1] ?? token;
}

/** Whether nothing but the token (and marks) stands before the stop in its piece. */
function isPieceStart({ view, position, token }: Evidence): boolean {
  const before = view.slice(view.start, position).trim();
  return before.length <= token.length + 3 && before.endsWith(token);
}

/** Whether the next word begins a sentence. */
function startsSentence({ view, next, language }: Evidence): boolean {
  return language.starters.has(nextWord(view, next));
}

function numberGoesOn(evidence: Evidence): boolean {
  const { view, position, next, language, token } = evidence;
  if (isPieceStart(evidence) && token.length <= 3) return true;
  const label = wordBefore(view, position);
  const whole = view.slice(view.start, position).trim().toLowerCase();
  if (language.numberLabels.has(label) && whole === `${label} ${token}`) return true;
  if (!language.ordinalDot || chars.isDigit(view.at(next)) || token.length > 2) return false;
  return !startsSentence(evidence);
}

/** A single letter: an initial ("J. Smith", "Albert I. Jones"), a label ("plan B.") or the pronoun. */
function initialGoesOn(evidence: Evidence): boolean {
  const { view, position, next, token, language } = evidence;
  // "the J. 5th Regiment", "Smith, J. (2020)"
  if (chars.isDigit(view.at(next)))
    return /^(?:\d+(?:st|nd|rd|th|d)\b|\d{4}[a-z]?\))/.test(view.tokenAfter(next));
  if (isPieceStart(evidence) && chars.isLower(token.charCodeAt(0))) return true;
  if (token === 'I' && language.starters.has('i')) {
    const before = view.slice(Math.max(view.start, position - 30), position - 1).trimEnd();
    const name = /(?:^|\s)(\p{Lu}[\p{L}.]*)$/u.exec(before)?.[1] ?? '';
    return name !== '' && !language.starters.has(name.toLowerCase()) && !startsSentence(evidence);
  }
  if (language.letterLabels.has(wordBefore(view, position))) return false;
  return !startsSentence(evidence);
}

function abbreviationGoesOn(evidence: Evidence, kind: AbbreviationKind): boolean {
  const { view, next, token, position } = evidence;
  const digit = /[\d$€£¥§#]/.test(String.fromCharCode(view.at(next)));
  switch (kind) {
    case 'title':
      if (chars.isLower(token.charCodeAt(0)) && token.length < 2) return false;
      return !startsSentence(evidence);
    case 'label':
      return digit || isLabelValue(evidence) || abbreviationFollows(evidence) || afterTitle(evidence);
    case 'inner':
      return true;
    case 'ending':
      return !digit && !startsSentence(evidence) && !(isEtc(token) || titleFollows(evidence));
    case 'unit':
      return /\d$/.test(view.slice(view.start, position - token.length).trimEnd())
        ? digit || (!startsSentence(evidence) && abbreviationFollows(evidence))
        : token === 'Sec';
    case 'date':
      return digit || abbreviationFollows(evidence) || isBareMonth(evidence);
    case 'time':
      return timeGoesOn(evidence);
  }
}

function isEtc(token: string): boolean {
  return /^(?:etc|usw|enz|ecc|itd|itp)$/i.test(token);
}

/** "5 Jan. Mary": the day stands before the month. A month in other places ends like a word. */
function isBareMonth(evidence: Evidence): boolean {
  const { view, position, token } = evidence;
  return /\d\s*$/.test(view.slice(view.start, position - token.length)) && !startsSentence(evidence);
}

/** The number, letter or Roman numeral that a label announces: "Fig. S1", "No. IV", "App. A". */
function isLabelValue({ view, next, token }: Evidence): boolean {
  const value = view.tokenAfter(next);
  if (/^[A-Z][.-]?\d|^[IVXLC]{2,}[^\p{L}]*$|^ID\b/u.test(value)) return true;
  if (chars.isLower(token.charCodeAt(0)) || /^nos?$/i.test(token)) return false;
  return /^(?:[A-HJ-Z]|[A-Z]-[A-Z])(?:[^\p{L}].*)?$/u.test(value);
}

/** Whether another abbreviation follows: "Pub. L. No. 117", "Sat. Jan. 3". */
function abbreviationFollows({ view, next, language }: Evidence): boolean {
  const token = view.tokenAfter(next);
  const word = /^([\p{L}.]+)\.(?:\P{L}*)$/u.exec(token)?.[1];
  if (word === undefined) return /^(?:[A-Z]\.)+,?$/.test(token);
  return language.abbreviations.has(word.toLowerCase()) || /^\p{Lu}$/u.test(word);
}

/** "Asst. Sec. Taylor": a label's abbreviation that is an office here. */
function afterTitle(evidence: Evidence): boolean {
  const { view, position, language } = evidence;
  const title = wordBefore(view, position).replace(/\.$/, '');
  return language.abbreviations.get(title) === 'title' && !startsSentence(evidence);
}

function titleFollows({ view, next, language }: Evidence): boolean {
  const word = /^(\p{L}+)\.$/u.exec(view.tokenAfter(next))?.[1]?.toLowerCase() ?? '';
  return /^(?:mr|mrs|ms|dr|prof|herr|sr|sra)$/.test(word) && language.abbreviations.get(word) === 'title';
}

/** The words that may open a clause of time before its subject: "At 7 p.m. Tom has dinner". */
const TIME_OPENERS = /^(?:at|by|around|before|after|until|from|since|on|about)\b/i;

function timeGoesOn(evidence: Evidence): boolean {
  const { view, position, next, language } = evidence;
  const before = view.slice(view.start, position).trim();
  const word = nextWord(view, next);
  if (word === 'the' || chars.isDigit(view.at(next))) return false;
  if (TIME_OPENERS.test(before) && before.split(/\s+/).length <= 4) return true;
  if (language.timeFollowers.has(word) || language.abbreviations.get(word) === 'date') return true;
  if (/^(?:UTC|GMT)/.test(view.tokenAfter(next))) return true;
  return !language.starters.has(word) && placeTimeFollows(view, next);
}

/** "Berlin time", "New York time": up to three capitalised words and "time". */
function placeTimeFollows(view: Window, next: number): boolean {
  let at = next;
  for (let words = 0; words < 4; words++) {
    const token = view.tokenAfter(at);
    if (/^time\b/.test(token)) return words > 0;
    if (!/^\p{Lu}\p{L}*$/u.test(token)) return false;
    at += token.length;
    while (chars.isBlank(view.at(at))) at++;
  }
  return false;
}
