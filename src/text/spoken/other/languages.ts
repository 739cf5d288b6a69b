/**
 * What the plain rules for numbers and signs know about each language other than English. The number words come from the
 * library n2words (MIT): thirteen grammars of counting are more than a table.
 */
import { toCardinal as arabic } from 'n2words/ar-SA';
import { toCardinal as german, toOrdinal as germanOrdinal } from 'n2words/de-DE';
import { toCardinal as spanish } from 'n2words/es-ES';
import { toCardinal as french } from 'n2words/fr-FR';
import { toCardinal as hindi } from 'n2words/hi-IN';
import { toCardinal as italian } from 'n2words/it-IT';
import { toCardinal as japanese } from 'n2words/ja-JP';
import { toCardinal as dutch } from 'n2words/nl-NL';
import { toCardinal as polish } from 'n2words/pl-PL';
import { toCardinal as portuguese } from 'n2words/pt-PT';
import { toCardinal as russian } from 'n2words/ru-RU';
import { toCardinal as turkish } from 'n2words/tr-TR';
import { toCardinal as chinese } from 'n2words/zh-Hans-CN';

export interface PlainLanguage {
  /** The words of a whole number, given as ASCII digits. */
  readonly cardinal: (digits: string) => string;
  /** The words of a number that a dot makes an ordinal, where the language writes one so. */
  readonly ordinal?: (digits: string) => string;
  /** The words of a year of four digits, where they differ from the number's. */
  readonly year?: (digits: string) => string;
  /** Whether the comma is the decimal mark and the dot divides groups. */
  readonly decimalComma: boolean;
  /** Whether the digits after the decimal mark are said as one number. */
  readonly wholeFraction: boolean;
  /** Whether words stand without blanks between them. */
  readonly tight: boolean;
  /** Between the hour and the minute, and after the minute. */
  readonly clock: readonly [afterHour: string, afterMinute: string];
  /** The word for each sign, by the sign. */
  readonly signs: Readonly<Record<Sign, string>>;
}

/** The signs that every language names. `.` is the dot of an address, `,` the decimal mark, `–` a range, `^` a power. */
export type Sign =
  | ','
  | '-'
  | '–'
  | '^'
  | '%'
  | '°'
  | '€'
  | '$'
  | '£'
  | '¥'
  | '+'
  | '='
  | '×'
  | '÷'
  | '&'
  | '@'
  | '.'
  | '#'
  | '/';

const ORDER: readonly Sign[] = [
  ',',
  '-',
  '–',
  '^',
  '%',
  '°',
  '€',
  '$',
  '£',
  '¥',
  '+',
  '=',
  '×',
  '÷',
  '&',
  '@',
  '.',
  '#',
  '/',
];

/** The words of the signs from a list in the order of {@link ORDER}, divided by bars. */
function signWords(list: string): Readonly<Record<Sign, string>> {
  const words = list.split('|').map((word) => word.trim());
  const at = (sign: Sign): string => words[ORDER.indexOf(sign)] ?? '';
  return {
    ',': at(','),
    '-': at('-'),
    '–': at('–'),
    '^': at('^'),
    '%': at('%'),
    '°': at('°'),
    '€': at('€'),
    $: at('$'),
    '£': at('£'),
    '¥': at('¥'),
    '+': at('+'),
    '=': at('='),
    '×': at('×'),
    '÷': at('÷'),
    '&': at('&'),
    '@': at('@'),
    '.': at('.'),
    '#': at('#'),
    '/': at('/'),
  };
}

function language(
  cardinal: (digits: string) => string,
  signs: string,
  more: Partial<PlainLanguage> = {},
): PlainLanguage {
  return {
    cardinal,
    decimalComma: true,
    wholeFraction: false,
    tight: false,
    clock: ['', ''],
    signs: signWords(signs),
    ...more,
  };
}

/** n2words writes Chinese numbers as banks do; these are the characters of everyday. */
const EVERYDAY: Readonly<Record<string, string>> = {
  壹: '一',
  贰: '二',
  叁: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
};

function everydayChinese(digits: string): string {
  return Array.from(chinese(digits), (form) => EVERYDAY[form] ?? form)
    .join('')
    .replace(/^一十/, '十');
}

/** German says the years from 1100 to 1999 by their hundreds. */
function germanYear(digits: string): string {
  const rest = digits.slice(2);
  if (!/^1[1-9]/.test(digits)) return german(digits);
  return `${german(digits.slice(0, 2))}hundert${rest === '00' ? '' : german(String(Number(rest)))}`;
}

/** Languages by the first part of their tag. */
export const PLAIN_LANGUAGES: ReadonlyMap<string, PlainLanguage> = new Map([
  [
    'de',
    language(
      german,
      'Komma|minus|bis|hoch _|Prozent|Grad|Euro|Dollar|Pfund|Yen|plus|gleich|mal|geteilt durch|und|at|Punkt|Nummer|Schrägstrich',
      { ordinal: (digits) => germanOrdinal(digits), year: germanYear, clock: ['Uhr', ''] },
    ),
  ],
  [
    'fr',
    language(
      french,
      'virgule|moins|à|puissance _|pour cent|degrés|euros|dollars|livres|yens|plus|égale|fois|divisé par|et|arobase|point|numéro|barre',
      { wholeFraction: true, clock: ['heures', ''] },
    ),
  ],
  [
    'es',
    language(
      spanish,
      'coma|menos|a|elevado a _|por ciento|grados|euros|dólares|libras|yenes|más|igual a|por|dividido por|y|arroba|punto|número|barra',
      { wholeFraction: true, clock: ['y', ''] },
    ),
  ],
  [
    'pt',
    language(
      portuguese,
      'vírgula|menos|a|elevado a _|por cento|graus|euros|dólares|libras|ienes|mais|igual a|vezes|dividido por|e|arroba|ponto|número|barra',
      { wholeFraction: true, clock: ['e', ''] },
    ),
  ],
  [
    'it',
    language(
      italian,
      'virgola|meno|a|elevato a _|per cento|gradi|euro|dollari|sterline|yen|più|uguale a|per|diviso|e|chiocciola|punto|numero|barra',
      { wholeFraction: true, clock: ['e', ''] },
    ),
  ],
  [
    'nl',
    language(
      dutch,
      'komma|min|tot|tot de macht _|procent|graden|euro|dollar|pond|yen|plus|is|keer|gedeeld door|en|apenstaartje|punt|nummer|slash',
      { clock: ['uur', ''] },
    ),
  ],
  [
    'pl',
    language(
      polish,
      'przecinek|minus|do|do potęgi _|procent|stopni|euro|dolarów|funtów|jenów|plus|równa się|razy|podzielić przez|i|małpa|kropka|numer|ukośnik',
    ),
  ],
  [
    'ru',
    language(
      russian,
      'запятая|минус|до|в степени _|процентов|градусов|евро|долларов|фунтов|иен|плюс|равно|умножить на|разделить на|и|собака|точка|номер|дробь',
    ),
  ],
  [
    'tr',
    language(
      turkish,
      'virgül|eksi|ile|üzeri _|yüzde|derece|avro|dolar|sterlin|yen|artı|eşittir|çarpı|bölü|ve|et|nokta|numara|bölü',
    ),
  ],
  [
    'zh',
    language(
      everydayChinese,
      '点|负|到|的_次方|百分之|度|欧元|美元|英镑|日元|加|等于|乘以|除以|和|圈a|点|号|斜杠',
      { decimalComma: false, tight: true, clock: ['点', '分'] },
    ),
  ],
  [
    'ja',
    language(
      japanese,
      '点|マイナス|から|の_乗|パーセント|度|ユーロ|ドル|ポンド|円|足す|イコール|かける|割る|と|アット|ドット|番|スラッシュ',
      { decimalComma: false, tight: true, clock: ['時', '分'] },
    ),
  ],
  [
    'hi',
    language(
      hindi,
      'दशमलव|माइनस|से|की घात _|प्रतिशत|डिग्री|यूरो|डॉलर|पाउंड|येन|जोड़|बराबर|गुणा|भाग|और|ऐट|डॉट|नंबर|स्लैश',
      { decimalComma: false, clock: ['बजकर', 'मिनट'] },
    ),
  ],
  [
    'ar',
    language(
      arabic,
      'فاصلة|ناقص|إلى|أس _|بالمئة|درجة|يورو|دولار|جنيه|ين|زائد|يساوي|ضرب|على|و|آت|نقطة|رقم|على',
      { decimalComma: false, clock: ['و', ''] },
    ),
  ],
]);
