/** Percentages, fractions, versions, ordinals, ranges, and what numbers are left. */
import { digitWords, ordinalOf, pairWords, pluralWords, type NumberWords } from './numbers.ts';
import { MAGNITUDES, NUMBER, SIGN, type Rewrite } from './rule.ts';

const PERCENT = new RegExp(
  String.raw`(${SIGN})(?<![\w.,$])(\+|~)?(${NUMBER})(?:\s?%?\s?(?:[–—-]|to)\s?(${NUMBER}))?\s?(%|‰|pp\b|bps\b)(?:\s?(?:[-–]\s?)?(?=\p{L}))?`,
  'gu',
);

const PERCENT_NAMES: Readonly<Record<string, string>> = {
  '%': 'percent',
  '‰': 'per mille',
  pp: 'percentage points',
  bps: 'basis points',
};

/** Signs tight before a number that has no number or letter of a formula before it. */
const BOUNDS: Readonly<Record<string, string>> = {
  '<': 'less than',
  '>': 'more than',
  '<=': 'at most',
  '≤': 'at most',
  '>=': 'at least',
  '≥': 'at least',
};

/** Rewrites the signs for "about" before a number. Runs first: the rules for numbers take the digits away. */
export const approximations: Rewrite = (text) =>
  text
    .replace(/(?<=^|[\s(])([<>]=?|[≤≥])(?=[$€£¥]?\.?\d)/g, (sign: string) => `${BOUNDS[sign] ?? sign} `)
    .replace(/(?<=^|\()([≤≥])\s(?=[$€£¥]?\.?\d)/g, (_, sign: string) => `${BOUNDS[sign] ?? sign} `)
    .replace(/(?<![\w~])(?<=\b(?:about|around|roughly)\s)[~∼≈](?=[$€£¥]?\.?\d)/gi, '')
    .replace(/(?<![\w~])(?<![\p{L}\p{N})°%]\s(?=≈))[~∼≈]\s?(?=[$€£¥]?\.?\d)/gu, 'about ');

/** Rewrites percentages. */
export const percentages: Rewrite = (text, words) => {
  if (!/%|‰|pp\b|bps/.test(text)) return text;
  return text
    .replace(
      PERCENT,
      (
        whole: string,
        sign: string,
        mark: string | undefined,
        number: string,
        to: string | undefined,
        unit: string,
      ) => {
        const lead = sign !== '' ? 'minus ' : mark === '+' ? 'plus ' : mark === '~' ? 'about ' : '';
        const range = to === undefined ? '' : ` to ${words.decimal(to)}`;
        return `${lead}${words.decimal(number)}${range} ${PERCENT_NAMES[unit] ?? ''}${/[\s–-]$/.test(whole) ? ' ' : ''}`;
      },
    )
    .replace(/(?<=\p{L})\s?%/gu, ' percent');
};

const GLYPHS: Readonly<Record<string, string>> = {
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
  '⅕': '1/5',
  '⅖': '2/5',
  '⅗': '3/5',
  '⅘': '4/5',
  '⅙': '1/6',
  '⅚': '5/6',
  '⅛': '1/8',
  '⅜': '3/8',
  '⅝': '5/8',
  '⅞': '7/8',
  '⅐': '1/7',
  '⅑': '1/9',
  '⅒': '1/10',
};
const FRACTION =
  /(?<![\w./:+-])(?:(\d+)[ \u00a0-])?(\d{1,4})[/⁄](\d{1,4})(?:ths?|rds?|nds?)?(?![\w/]|[.,]\d)(-(?=\p{L}))?/gu;
const SCORED =
  /\b((?:scored?|scoring|rated?|rating|grade|graded|got|gets?|gave|give|it)(?:\s(?:of|is|was|a|an|it|him|her|them))*:?\s)(\d{1,3})\/(5|10|20|50|100)(?![\w/]|\.\d)/gi;
const OUT_OF =
  /^\s+(?:stars?|points?|rating|people|patients|students|users|respondents|dentists|doctors|adults|tests?|times|cases|games|questions|votes|correct|passed|complete|would|agreed?|said|say|recommend|prefer)\b/;

const CHANCE = /^\s(?:chance|odds|probability|shot)\b/;

function denominator(words: NumberWords, bottom: string, many: boolean): string {
  if (bottom === '2') return many ? 'halves' : 'half';
  if (bottom === '4') return many ? 'quarters' : 'quarter';
  const named = ordinalOf(words.cardinal(bottom));
  return many ? `${named}s` : named;
}

/** Rewrites fractions and the fixed pairs such as 24/7. */
export const fractions: Rewrite = (text, words) => {
  if (!/[\d][/⁄]\d|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒]/.test(text)) return text;
  return text
    .replace(
      /(?:(\d)\s?)?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒])/g,
      (_, whole: string | undefined, glyph: string) =>
        `${whole === undefined ? '' : `${whole} `}${GLYPHS[glyph] ?? ''}`,
    )
    .replace(
      /(?<![\w./])(\d+\.\d+)\s?\/\s?(\d{1,3}(?:\.\d)?)(?![\w/]|\.?\d)/g,
      (_, part: string, whole: string) => `${words.decimal(part)} out of ${words.decimal(whole)}`,
    )
    .replace(
      /(?<![\w.,/])(\d{1,3}(?:,\d{3})+)\s?\/\s?(\d{1,3}(?:,\d{3})+)(?![\w/]|[.,]\d)/g,
      (_, part: string, whole: string) => `${words.cardinal(part)} out of ${words.cardinal(whole)}`,
    )
    .replace(
      SCORED,
      (_, cue: string, part: string, whole: string) =>
        `${cue}${words.cardinal(part)} out of ${words.cardinal(whole)}`,
    )
    .replace(/\b24\/7(\/365)?\b/g, (_, year?: string) =>
      year === undefined ? 'twenty-four seven' : 'twenty-four seven three sixty-five',
    )
    .replace(/\b9\/11\b/g, 'nine eleven')
    .replace(/(?<![\w./-])([1-9]0)\/([1-9]0)(?![\w/]|[.,]\d)/g, (whole: string, a: string, b: string) =>
      Number(a) + Number(b) === 100 ? `${words.cardinal(a)}-${words.cardinal(b)}` : whole,
    )
    .replace(/\b20\/20\b/g, 'twenty twenty')
    .replace(
      /(?<=\b(?:Windows|macOS|iOS|iPadOS|Android|Python|Java|Ubuntu|Debian|Fedora|Gen)\s\d{1,2})\/(?=\d{1,2}(?![\w/]|\.\d))/g,
      ' slash ',
    )
    .replace(
      FRACTION,
      (
        whole: string,
        integer: string | undefined,
        top: string,
        bottom: string,
        hyphen: string | undefined,
        at: number,
        all: string,
      ) => {
        const tail = hyphen === undefined ? '' : ' ';
        const inFormula = /^\s?=/.test(all.slice(at + whole.length)) || /=\s?$/.test(all.slice(0, at));
        if (inFormula && Number(top) >= Number(bottom)) {
          return `${words.cardinal(top)} divided by ${words.cardinal(bottom)}`;
        }
        const lead = integer === undefined ? '' : `${words.cardinal(integer)} `;
        if (Number(bottom) < 2 || bottom.startsWith('0'))
          return `${lead}${words.cardinal(top)} over ${words.cardinal(bottom)}${tail}`;
        if (integer === undefined && OUT_OF.test(all.slice(at + whole.length)))
          return `${words.cardinal(top)} out of ${words.cardinal(bottom)}${tail}`;
        if (integer === undefined && CHANCE.test(all.slice(at + whole.length)))
          return `${words.cardinal(top)} in ${words.cardinal(bottom)}${tail}`;
        if (bottom === '1000' && integer === undefined)
          return `${words.cardinal(top)} ${denominator(words, bottom, top !== '1')}${tail}`;
        if (Number(bottom) > 100 || Number(top) > Number(bottom) * 3)
          return `${lead}${words.cardinal(top)} over ${words.cardinal(bottom)}${tail}`;
        const part = `${integer !== undefined && top === '1' && (bottom === '2' || bottom === '4') ? 'a' : words.cardinal(top)} ${denominator(words, bottom, top !== '1')}`;
        return `${integer === undefined ? '' : `${words.cardinal(integer)} and `}${part}${tail}`;
      },
    );
};

const VERSION =
  /(?<![\w.,])(v\.?\s?)?(?!\d{3}\.\d{3}\.\d{4}(?!\d))(\d+(?:\.\d+){2,})(?:[-.]?(alpha|beta|rc|dev|post|b|a)(?:[.-]?(\d+))?)?(?![\w]|\.\d)/gi;
const SHORT_VERSION =
  /(?<![\w.])(?<!(?:underscore|dash|\d)\s)(?:v\.?\s?|V(?=\d+\.))(\d+(?:\.\d+)?)(?:-(alpha|beta|rc)(?:\.?(\d+))?)?(?![\w.]*\d)/g;
const SOFTWARE =
  /\b(Python|Node(?:\.js)?|Java|PHP|Ruby|Go|Rust|iOS|iPadOS|macOS|Android|Windows|Chrome|Firefox|Safari|Ubuntu|Debian|Fedora|Swift|Kotlin|TypeScript|Django|Rails|React|Angular|Vue|Electron|PostgreSQL|Postgres|MySQL|Redis|CUDA|PyTorch|TensorFlow|OpenSSL|Kubernetes|Docker|Git|Linux|kernel|[Vv]ersions?|[Rr]elease|[Uu]pdate|Unity|Blender|Bluetooth|USB|HTTP|HTML|C#|\.NET|dot NET|Node JS|glibc|npm)\s((?:[<>=~]=|[<>^≥≤])\s?)?(\d+)\.(\d{2,3})(?![\w]|\.\d)/g;

function dotted(words: NumberWords, number: string): string {
  return number
    .split('.')
    .map((part) => (/^0\d/.test(part) ? pairOrDigits(part) : words.cardinal(part)))
    .join(' point ');
}

function pairOrDigits(part: string): string {
  return part.length === 2 ? pairWords(part) : digitWords(part);
}

function stage(name: string | undefined, number: string | undefined, words: NumberWords): string {
  if (name === undefined) return '';
  const said = /^rc$/i.test(name)
    ? 'RC'
    : /^[ab]$/i.test(name)
      ? name.toLowerCase() === 'a'
        ? 'alpha'
        : 'beta'
      : name;
  return ` ${said}${number === undefined ? '' : ` ${words.cardinal(number)}`}`;
}

/** Rewrites version numbers: "version two point zero point one". */
export const versions: Rewrite = (text, words) => {
  if (!/\d\.[\dx]|\bv\.?\s?\d/i.test(text)) return text;
  const lead = (all: string, at: number): string =>
    /\bversions?\s+$/i.test(all.slice(Math.max(0, at - 10), at)) ? '' : 'version ';
  return text
    .replace(
      VERSION,
      (
        _,
        v: string | undefined,
        number: string,
        name: string | undefined,
        step: string | undefined,
        at: number,
        all: string,
      ) => `${v === undefined ? '' : lead(all, at)}${dotted(words, number)}${stage(name, step, words)}`,
    )
    .replace(
      /(?<![\w.])(v?)(\d+(?:\.\d+){0,2})\.[xX](?!\w)/g,
      (_, v: string, number: string, at: number, all: string) =>
        `${v === '' ? '' : lead(all, at)}${dotted(words, number)} point x`,
    )
    .replace(
      SHORT_VERSION,
      (_, number: string, name: string | undefined, step: string | undefined, at: number, all: string) =>
        `${lead(all, at)}${dotted(words, number)}${stage(name, step, words)}`,
    )
    .replace(
      SOFTWARE,
      (_, name: string, bound: string | undefined, major: string, minor: string) =>
        `${name} ${bound ?? ''}${dotted(words, `${major}.${minor}`)}`,
    );
};

const ORDINAL = /(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)\s?(?:st|nd|rd|th|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)(?![\w])/gi;

const MODEL =
  /\b(Flight|Room|Highway|Route|Interstate|Boeing|Airbus|Porsche|RTX|GTX|GeForce|Radeon|Ryzen|Suite|Apartment|Bus|Channel|Studio|Locker|Gate|Building|Area|Error|error|HTTP|Status|status|status code|error code|Rte|Hwy|Form|Section|Platform|Model|Apt|Unit|Agent|Lockheed|RFC|Concorde|Intel|Pentium|Xbox|Exit|exit|room|flight|route|highway)(\s#?)(\d{3,4})(?![\w]|[.,:]\d)/g;
/** `787-9`, `A320-200`. */
const AIRCRAFT = /(?<![\w.-])(7[0-8]7|A3[0-9]\d)-(\d{1,4})(?![\w-])/g;
/** `MP3s`. */
const LETTERS_PLURAL = /(?<=(?<![\p{L}\d])\p{Lu}{1,4})-?(\d{1,2})s(?!\w)/gu;
/** `B-52s`, `747s`. */
const MODEL_PLURAL = /(?<![\w.,-])(?:([A-Z]{1,3})-)?((?<=-)\d{2,3}|7[0-8]7)s(?!\w)/g;
/** `I-80 W`. */
const ROAD = /(?<![\w-])(I|US|SR|CR|NY|CA)-(\d{1,3})(?:\s([NSEW])(?![\w.]))?(?![\w-])/g;
const DIRECTIONS: Readonly<Record<string, string>> = { N: 'North', S: 'South', E: 'East', W: 'West' };
/** `Ryzen 7 5800X`, `Core i9 13900K`, `RX 7900 XT`. */
const PROCESSOR =
  /(?<=\b(?:Ryzen|Core|Radeon|RX|RTX|GTX|Threadripper|Xeon|EPYC)\s(?:(?:i?\d|Ultra \d|[A-Z]{2}|Ti)[\s-])?)(\d{4,5})([A-Z]{0,3})(?![\w.,]*\d)/g;
/** `Llama-3.1-8B`: a name whose parts are joined by hyphens. */
const NAME_PART = /(?<=\p{L})-(\d+(?:\.\d+)?)-(?=\d+(?:\.\d+)?[A-Z]?(?![\w.]))/gu;
/** `Llama 3 8B`: how large a model is, after its name. */
const MODEL_SIZE =
  /(?<=\b(?:Llama|Mistral|Mixtral|Qwen|Gemma|Phi|Falcon|DeepSeek|Yi|Vicuna|Pythia|OLMo|Granite)[\w.]*(?:[\s-][\d.]+)?[\s-])(\d+(?:\.\d+)?)B(?!\w)/g;
const ATTACHED = /(?<![\w.-])(\p{Lu}{1,5})-?(\d{3,})(s?)(?![\w]|[.,:-]\d)/gu;

/** A number that names a thing: "four oh four", "seven forty-seven", "forty ninety", "five hundred". */
function nameWords(words: NumberWords, digits: string): string {
  if (digits.length === 4) return digits.endsWith('000') ? words.cardinal(digits) : words.year(digits);
  if (digits.length !== 3) return digitWords(digits);
  const [first = '', ...rest] = digits;
  if (digits.endsWith('00') && first !== '0') return words.cardinal(digits);
  return first === '0' ? digitWords(digits) : `${words.cardinal(first)} ${pairWords(rest.join(''))}`;
}

/** "thirteen nine hundred" for the `13900` of a processor. */
function fiveWords(words: NumberWords, digits: string): string {
  const rest = digits.slice(2);
  return `${words.cardinal(digits.slice(0, 2))} ${rest === '000' ? 'thousand' : nameWords(words, rest)}`;
}

/** Rewrites numbers that name a flight, a room, a road or a product. */
export const labelledNumbers: Rewrite = (text, words) => {
  if (!/\d{3}|-\d|\dB|\ds/.test(text)) return text;
  return text
    .replace(PROCESSOR, (_, digits: string, tail: string) => {
      const said = digits.length === 5 ? fiveWords(words, digits) : nameWords(words, digits);
      return `${said}${tail === '' ? '' : ` ${tail}`}`;
    })
    .replace(/(?<![\w-])(\d)-in-(?=\d(?![\w-]))/g, '$1 in ')
    .replace(/(?<=\b[Ff]light\s[A-Z]{2}\s)\d{3,4}(?![\w]|[.,:]\d)/g, (digits) => nameWords(words, digits))
    .replace(
      /(?<=\bISO(?:\/IEC)?\s\d{3,5}):((?:19|20)\d{2})(?!\d)/g,
      (_, year: string) => ` ${words.year(year)}`,
    )
    .replace(/(?<![\w.])802\.(\d{1,2})([a-z]{0,2})(?!\w)/g, (_, part: string, kind: string) =>
      `eight oh two dot ${words.cardinal(part)} ${kind.toUpperCase()}`.trimEnd(),
    )
    .replace(NAME_PART, ' $1 ')
    .replace(MODEL_SIZE, (_, number: string) => `${words.decimal(number)} B`)
    .replace(
      MODEL,
      (_, label: string, gap: string, digits: string) =>
        `${label}${gap.replace('#', 'number ')}${nameWords(words, digits)}`,
    )
    .replace(AIRCRAFT, (_, type: string, variant: string) => {
      const said = /^A/.test(type) ? `A ${nameWords(words, type.slice(1))}` : nameWords(words, type);
      return `${said} ${variant.length === 3 ? nameWords(words, variant) : words.cardinal(variant)}`;
    })
    .replace(/\b[Kk]8s\b/g, 'Kubernetes')
    .replace(LETTERS_PLURAL, (_, digits: string) => ` ${pluralWords(words.cardinal(digits))}`)
    .replace(MODEL_PLURAL, (_, letters: string | undefined, digits: string) => {
      const said = digits.length === 3 ? nameWords(words, digits) : words.cardinal(digits);
      return `${letters === undefined ? '' : `${letters} `}${pluralWords(said)}`;
    })
    .replace(ROAD, (_, road: string, digits: string, direction?: string) => {
      const number = digits.length === 3 ? nameWords(words, digits) : words.cardinal(digits);
      return `${road} ${number}${direction === undefined ? '' : ` ${DIRECTIONS[direction] ?? ''}`}`;
    })
    .replace(
      PICTURE_LINES,
      (_, digits: string, kind: string) => `${nameWords(words, digits)} ${kind.toUpperCase()}`,
    )
    .replace(/(?<!\w)H\.(26\d)(?!\d)/g, (_, digits: string) => `H ${nameWords(words, digits)}`)
    .replace(
      /(?<![\w.-])i([3579])-(\d{4})(\d?)([A-Z]{0,2})(?!\w)/g,
      (_, tier: string, digits: string, fifth: string, tail: string) => {
        const number = fifth === '' ? nameWords(words, digits) : fiveWords(words, `${digits}${fifth}`);
        return `i ${words.cardinal(tier)} ${number} ${tail}`;
      },
    )
    .replace(ATTACHED, (_, letters: string, digits: string, s: string) => {
      const said = nameWords(words, digits);
      return `${letters} ${s === '' ? said : pluralWords(said)}`;
    })
    .replace(
      ADDRESS,
      (_, digits: string, letter?: string) =>
        `${nameWords(words, digits)}${letter === undefined ? '' : ` ${letter}`}`,
    )
    .replace(
      /\b([123])(?=\s(?:Corinthians|Samuel|Kings|Chronicles|Thessalonians|Timothy|Peter|John)\s\d)/g,
      (digit) => words.ordinal(digit),
    );
};

/** A house number before the name of a street. */
const ADDRESS =
  /(?<![\w.,$€£-])(\d{3,4})([A-F])?(?=\s+(?:(?:North|South|East|West)\s+)?(?:(?:\p{Lu}[\p{L}'’]+|\d+(?:st|nd|rd|th))\s+){1,3}(?:Street|Avenue|Boulevard|Road|Drive|Lane|Court|Place|Square|Highway|Parkway|Terrace|Circle|Way)\b)/gu;

/** Rewrites ordinals: "twenty-first". */
export const ordinals: Rewrite = (text, words) =>
  text
    .replace(/(?<=\d(?:st|nd|rd|th))\s?[–—-]\s?(?=\d+(?:st|nd|rd|th)\b)/g, ' to ')
    .replace(ORDINAL, (whole: string, digits: string) =>
      /\d\s/.test(whole) ? whole : words.ordinal(digits),
    );

const RANGE = new RegExp(
  String.raw`(?<![\w.,:/$%-])(${NUMBER})\s?(?:[–—]|-)\s?(${NUMBER})(?!\s?[=×÷*/^]|\s?[+]\s?\d|[\w]|-\d)`,
  'g',
);
const LETTER_RANGE = /(?<![\w-])([A-Z])\s?[–—]\s?([A-Z])(?![\w-])/g;
const FORMULA = /\d\s?[=×÷*^+]\s?\d|=\s?-?\d/;

/** Rewrites ranges and scores: "five to ten". */
export const ranges: Rewrite = (text, words) => {
  if (!/[–—~-]/.test(text)) return text;
  const formula = FORMULA.test(text);
  return text
    .replace(/(?<![\w.,-])50-50(?![\w-])/g, 'fifty-fifty')
    .replace(/(?<![\w.,-])20-20(?=\s(?:vision|hindsight)\b)/g, 'twenty-twenty')
    .replace(/(?<=\d)\s?~\s?(?=\d)/g, '–')
    .replace(RANGE, (whole: string, from: string, to: string) =>
      formula && /\s[-–]\s/.test(whole) ? whole : `${words.decimal(from)} to ${words.decimal(to)}`,
    )
    .replace(LETTER_RANGE, '$1 to $2')
    .replace(/(?<![\w-])([QHABC])(\d{1,2})\s?[–—-]\s?(?=\1\d{1,2}(?![\w-]))/g, '$1$2 to ');
};

const MAGNITUDE = new RegExp(
  String.raw`(${SIGN})(?<![\w.,$])(${NUMBER})(?:\s?[–-]\s?(${NUMBER}))?\s?([KkMBbT]|mn|bn|tn)(?![\p{L}\d'])(\+)?`,
  'gu',
);
const KEPT_K = /^(?:4|5|8|10|16)\s?[kK]$/;
/** "Apartment 4B": the letter is part of the number's name. */
const PLACE =
  /\b(?:Apartment|Apt\.?|Suite|Room|Unit|Flat|Building|Gate|Seat|Row|Platform|Figure|Exhibit|Section|Table|Line|Bus)\s+$/i;
const K_NOUNS =
  /^\s+(?:race|run|runs|video|videos|tv|tvs|resolution|monitor|display|screen|movie|footage|uhd)\b/i;

/** Rewrites "10K", "3.5M" and other shortened numbers. */
export const magnitudes: Rewrite = (text, words) => {
  if (!/\d\s?\(?(?:[KkMBbT]|mn|bn|tn)(?![\p{L}\d])/u.test(text)) return text;
  return text
    .replace(/\b401\s?\(?k\)?/gi, 'four oh one K')
    .replace(/\bY2K\b/g, 'Y two K')
    .replace(
      MAGNITUDE,
      (
        whole: string,
        sign: string,
        number: string,
        to: string | undefined,
        unit: string,
        plus: string | undefined,
        at: number,
        all: string,
      ) => {
        const after = all.slice(at + whole.length);
        if ((/\d\s/.test(whole) && unit.length === 1) || PLACE.test(all.slice(Math.max(0, at - 14), at)))
          return whole;
        if ((KEPT_K.test(whole) && K_NOUNS.test(after)) || /^[48]K$/.test(whole))
          return `${words.cardinal(number)} K`;
        const lead = sign === '' ? '' : 'minus ';
        const range = to === undefined ? '' : ` to ${words.decimal(to)}`;
        return `${lead}${words.decimal(number)}${range} ${MAGNITUDES[unit.toLowerCase()] ?? ''}${plus === undefined ? '' : ' plus'}`;
      },
    );
};

/** Lines of a picture: `1080p`. */
const PICTURE_LINES = /(?<![\w.,])(\d{3,4})([pi])(?!\w)/g;

const PLAIN = new RegExp(String.raw`(${SIGN})(${NUMBER})`, 'gu');
const LONGEST_CARDINAL = 9;

/** Rewrites the numbers that nothing else took. */
export const numbers: Rewrite = (text, words) => {
  if (!/\d/.test(text)) return text;
  return text
    .replace(/(\p{L})[-–](?=\d)/gu, '$1 ')
    .replace(/(\d)[-–](?=\p{L})/gu, '$1 ')
    .replace(/(?<![\w.,])(\d{1,3})['’]?s\b/g, (whole: string, digits: string) =>
      /['’]/.test(whole) ? `${words.cardinal(digits)}'s` : pluralWords(words.cardinal(digits)),
    )
    .replace(/(?<=\d)\/(?=\d)/g, ' slash ')
    .replace(/(?<=\d)\/(?=(?:kg|lb|g|oz|mi|km|m|ft|day|hour|week|month|year|person|unit)\b)/g, ' per ')
    .replace(/(?<=\d)\/(?=[a-z]\b)/g, ' over ')
    .replace(/(?<=\p{L})\.(?=\d)/gu, ' point ')
    .replace(/(\d),(?=\d)(?!\d{3}(?!\d))/g, '$1, ')
    .replace(/(\p{L})(?=\d)/gu, '$1 ')
    .replace(/(?<![\w.,])(\d{1,3})ers\b/g, (_, digits: string) =>
      `${words.cardinal(digits)}ers`.replace(/eers$/, 'ers'),
    )
    .replace(/(\d)(?=\p{L})(?!ish\b)/gu, '$1 ')
    .replace(
      PLAIN,
      (_, sign: string, number: string) => `${sign === '' ? '' : 'minus '}${plainWords(words, number)}`,
    )
    .replace(/\d+/g, digitWords);
};

/** Numbers with a leading zero and very long ones are said digit by digit, long ones in groups. */
function plainWords(words: NumberWords, number: string): string {
  if (/^0\d+$/.test(number)) return digitWords(number);
  if (/^\d+$/.test(number) && number.length > LONGEST_CARDINAL) {
    const size = number.length % 4 === 0 ? 4 : 3;
    const groups = number.match(new RegExp(`\\d{${size}}(?!\\d$)|\\d+`, 'g')) ?? [];
    return groups.map(digitWords).join(', ');
  }
  return words.decimal(number);
}
