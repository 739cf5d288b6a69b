/**
 * English number words. Numbers come as strings of ASCII digits, so that no precision is lost. `british` says "one hundred
 * and five" and "two thousand and seven".
 */

const ONES =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen nineteen`.split(/\s+/);
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const SCALES = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion', 'sextillion'];
const ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** The words of one variety of English. */
export interface NumberWords {
  readonly british: boolean;
  /** "one thousand two hundred thirty-four". More than 24 digits are said one by one. */
  cardinal(digits: string): string;
  /** "one hundred twenty-third". */
  ordinal(digits: string): string;
  /** A year of three or four digits: "nineteen oh five", "two thousand seven". */
  year(digits: string): string;
  /** "three point one four" for "3.14", also with commas and a sign; "point five" for ".5". */
  decimal(number: string): string;
}

/** "one two three" for "123". */
export function digitWords(digits: string): string {
  return Array.from(digits, (digit) => ONES[Number(digit)] ?? digit).join(' ');
}

/** Two digits as in a year or a clock: "oh five", "twelve", "forty-two". */
export function pairWords(pair: string): string {
  const value = Number(pair);
  if (pair.startsWith('0')) return `oh ${ONES[value] ?? ''}`;
  return belowHundred(value);
}

function belowHundred(value: number): string {
  if (value < 20) return ONES[value] ?? '';
  const rest = value % 10;
  return `${TENS[Math.floor(value / 10)] ?? ''}${rest === 0 ? '' : `-${ONES[rest] ?? ''}`}`;
}

function belowThousand(value: number, and: boolean): string {
  if (value < 100) return belowHundred(value);
  const rest = value % 100;
  const tail = rest === 0 ? '' : ` ${and ? 'and ' : ''}${belowHundred(rest)}`;
  return `${ONES[Math.floor(value / 100)] ?? ''} hundred${tail}`;
}

function cardinal(digits: string, and: boolean): string {
  const bare = digits.replace(/^0+(?=\d)/, '');
  if (bare.length > SCALES.length * 3) return digitWords(digits);
  if (bare === '0') return 'zero';
  const groups: string[] = [];
  for (let end = bare.length, scale = 0; end > 0; end -= 3, scale++) {
    const value = Number(bare.slice(Math.max(0, end - 3), end));
    if (value === 0) continue;
    const joined = and && scale === 0 && value < 100 && bare.length > 3 ? 'and ' : '';
    groups.unshift(`${joined}${belowThousand(value, and)}${scale === 0 ? '' : ` ${SCALES[scale] ?? ''}`}`);
  }
  return groups.join(' ');
}

/** The ordinal of number words: "twenty-first" for "twenty-one". */
export function ordinalOf(words: string): string {
  const last = /[a-z]+$/.exec(words)?.[0] ?? '';
  const head = words.slice(0, words.length - last.length);
  const known = ORDINALS[last];
  if (known !== undefined) return `${head}${known}`;
  return `${head}${last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`}`;
}

function year(digits: string, and: boolean): string {
  if (digits.length !== 4) return cardinal(digits, and);
  const century = digits.slice(0, 2);
  const rest = digits.slice(2);
  if (digits.slice(1, 3) === '00') return cardinal(digits, and);
  if (rest === '00') return `${belowHundred(Number(century))} hundred`;
  return `${belowHundred(Number(century))} ${pairWords(rest)}`;
}

/** The plural of number words: "nineties", "two thousands", "sixes". */
export function pluralWords(words: string): string {
  if (words.endsWith('y')) return `${words.slice(0, -1)}ies`;
  return words.endsWith('x') ? `${words}es` : `${words}s`;
}

/** The number words of American (`british` false) or British English. */
export function numberWords(british: boolean): NumberWords {
  return {
    british,
    cardinal: (digits) => cardinal(digits.replace(/,/g, ''), british),
    ordinal: (digits) => ordinalOf(cardinal(digits.replace(/,/g, ''), british)),
    year: (digits) => year(digits, british),
    decimal(number) {
      const sign = /^[-−–+]/.exec(number)?.[0];
      const bare = number.replace(/^[-−–+]/, '').replace(/,/g, '');
      const [whole = '', part] = bare.split('.');
      const said = whole === '' ? '' : `${cardinal(whole, british)} `;
      const words = part === undefined || part === '' ? said.trim() : `${said}point ${digitWords(part)}`;
      return sign === undefined ? words : `${sign === '+' ? 'plus' : 'minus'} ${words}`;
    },
  };
}
