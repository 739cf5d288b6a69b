/** Telephone numbers and other numbers that are said digit by digit. */
import { digitWords } from './numbers.ts';
import type { Rewrite } from './rule.ts';

const AMERICAN =
  /(?<![\w.,$€£/-])(?:(\+?[1-9]\d{0,2})[ .-]?)?\(?(\d{3})\)?[ .-]?(\d{3})[ .-](\d{4})(?![\w-]|[.,]\d)(?:,?\s*(?:ext\.?|x)\s*(\d{1,6}))?/gi;
const LOCAL = /(?<![\w.,$€£/-])(\d{3})-(\d{4})(?![\w-]|[.,]\d)/g;
const INTERNATIONAL = /(?<![\w.])\+(\d{1,3})((?:[ .-]?\(?\d{1,5}\)?){2,6})(?!\w)/g;
/** `020 7946 0018`, and a card's `4111 1111 1111 1111`. */
const GROUPED =
  /(?<![\w.,$€£/+-])((?:\(0\d{2,4}\)|0\d{2,4})(?:[ -]\d{3,4}){1,3}|\d{4}(?:[ -]\d{4}){3})(?![\w-]|[.,]\d| \d)/g;
/** `123-123-5678-1111`: three groups or more that no rule before has taken for a date. */
const HYPHENED = /(?<![\w.,$€£/+-])\d{2,}(?:-\d+){2,}(?![\w-]|[.,]\d)/g;
/** `1-800-FLOWERS`. */
/** `Fax 030/123456`. */
const NAMED =
  /(?<=\b(?:fax|tel|telephone|phone|call|mobile|cell)[.:]*\s)\(?(0\d{1,4})\)?[/ -]\s?(\d{3,8})(?![\w-]|[.,]\d| \d)/gi;
/** `text HELP to 741741`. */
const SHORT_CODE = /(?<=\btext\s["“]?\p{L}+["”]?\sto\s)(\d{4,6})(?!\d)/giu;
const LETTERED = /(?<![\w-])(?:(1)-)?(8\d{2}|900)-((?=[A-Z0-9-]*[A-Z]{2})[A-Z0-9]+(?:-[A-Z0-9]+)*)(?![\w-])/g;
const EMERGENCY =
  /\b(call|dial|called|dialed|phone|ring)\s+(911|999|112|411|311|988)(?:(\s+or\s+)(911|999|112|988))?\b/gi;
const SSN = /(?<![\w-])(\d{3})-(\d{2})-(\d{4})(?![\w-])/g;
const CODE_CUE =
  /\b((?:pin|code|passcode|password|otp|zip(?: code)?|postcode|isbn|serial(?: number)?|account(?: number)?|card(?: number)?|tracking(?: number)?|order(?: number)?|confirmation(?: (?:code|number))?|id|extension|ext\.?|area code|routing number|ending in|ends in|last four digits|text|sms)(?:\s+(?:is|was|number))?:?\s+#?)(\d[\d-]{2,})(?![\d.,]*\d)/gi;
const STATE_ZIP = /\b([A-Z]{2}\.?,?\s+)(\d{5})(?:-(\d{4}))?(?!\d)/g;

function groups(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map(digitWords)
    .join(', ');
}

/** An area code of whole hundreds is said so: "eight hundred". */
function areaWords(area: string): string {
  return /^[89]00$/.test(area) ? `${digitWords(area[0] ?? '')} hundred` : digitWords(area);
}

/** Rewrites telephone numbers, codes and postal codes. */
export const telephones: Rewrite = (text) => {
  if (!/\d{3}|[*#]/.test(text)) return text;
  return text
    .replace(
      AMERICAN,
      (_, country: string | undefined, area: string, first: string, last: string, ext?: string) => {
        const lead =
          country === undefined
            ? ''
            : `${country.startsWith('+') ? 'plus ' : ''}${digitWords(country.replace('+', ''))}, `;
        const tail = ext === undefined ? '' : `, extension ${digitWords(ext)}`;
        return `${lead}${areaWords(area)}, ${groups(first, last)}${tail}`;
      },
    )
    .replace(INTERNATIONAL, (_, country: string, rest: string) => {
      return `plus ${groups(country, ...rest.split(/[ .()-]+/))}`;
    })
    .replace(GROUPED, (number: string) => groups(...number.replace(/[()]/g, '').split(/[ -]/)))
    .replace(NAMED, (_, area: string, number: string) => groups(area, number))
    .replace(SHORT_CODE, (code: string) => digitWords(code))
    .replace(LETTERED, (_, lead: string | undefined, area: string, name: string) => {
      return `${lead === undefined ? '' : 'one, '}${areaWords(area)}, ${name.replace(/-/g, ' ')}`;
    })
    .replace(HYPHENED, (number: string) => groups(...number.split('-')))
    .replace(SSN, (_, a: string, b: string, c: string) => groups(a, b, c))
    .replace(LOCAL, (_, a: string, b: string) => groups(a, b))
    .replace(
      EMERGENCY,
      (_, verb: string, number: string, or?: string, other?: string) =>
        `${verb} ${digitWords(number)}${or ?? ''}${digitWords(other ?? '')}`,
    )
    .replace(/(?<=\b(?:dial|press|enter|hit)\s)([*#])(\d*)(?!\w)/gi, (_, key: string, digits: string) =>
      `${key === '*' ? 'star' : 'pound'} ${digitWords(digits)}`.trim(),
    )
    .replace(/\b911(?=\s(?:calls?|operators?|dispatch(?:er)?s?)\b)/g, (digits) => digitWords(digits))
    .replace(
      STATE_ZIP,
      (_, state: string, zip: string, plus?: string) => `${state}${groups(zip, plus ?? '')}`,
    )
    .replace(
      CODE_CUE,
      (_, cue: string, number: string) =>
        `${cue.replace('#', /number|code|pin/i.test(cue) ? '' : 'number ')}${groups(...number.split('-'))}`,
    );
};
