/** Abbreviations, in full where people say them in full. */
import type { Rewrite } from './rule.ts';

/** Before a name. Some have another reading elsewhere, which a later rule gives. */
const TITLES: Readonly<Record<string, string>> = {
  Mr: 'Mister',
  Mrs: 'Missus',
  Ms: 'Miz',
  Mx: 'Mix',
  Dr: 'Doctor',
  Drs: 'Doctors',
  Prof: 'Professor',
  Profs: 'Professors',
  Gen: 'General',
  Sen: 'Senator',
  Rep: 'Representative',
  Gov: 'Governor',
  Capt: 'Captain',
  Cpt: 'Captain',
  Lt: 'Lieutenant',
  Col: 'Colonel',
  Sgt: 'Sergeant',
  Maj: 'Major',
  Cpl: 'Corporal',
  Pvt: 'Private',
  Adm: 'Admiral',
  Cmdr: 'Commander',
  Rev: 'Reverend',
  Hon: 'Honorable',
  Pres: 'President',
  Supt: 'Superintendent',
  Insp: 'Inspector',
  Messrs: 'Messieurs',
  Atty: 'Attorney',
  Asst: 'Assistant',
  St: 'Saint',
  Ste: 'Saint',
  Mt: 'Mount',
  Ft: 'Fort',
  Pt: 'Point',
  Fr: 'Father',
  Br: 'Brother',
  Sr: 'Senior',
  Jr: 'Junior',
  Amb: 'Ambassador',
  Sec: 'Secretary',
};
const TITLE = new RegExp(String.raw`\b(${Object.keys(TITLES).join('|')})\.(?=\s+(?:\p{Lu}|&\s|and\s))`, 'gu');
const BARE_TITLE = /\b(Dr|Mr|Mrs|Ms|Prof|St|Mt)(?=\s+\p{Lu}\p{Ll})/gu;

/** Streets: after a name or an ordinal. */
const STREETS: Readonly<Record<string, string>> = {
  St: 'Street',
  Ave: 'Avenue',
  Av: 'Avenue',
  Blvd: 'Boulevard',
  Rd: 'Road',
  Dr: 'Drive',
  Ln: 'Lane',
  Ct: 'Court',
  Pl: 'Place',
  Sq: 'Square',
  Hwy: 'Highway',
  Expy: 'Expressway',
  Pkwy: 'Parkway',
  Ter: 'Terrace',
  Cir: 'Circle',
};
const STREET = new RegExp(
  String.raw`((?:\b\d+\s+(?:[NSEW]\.?\s+)?)?(?:\p{Lu}[\p{L}'’]+|\b\d+(?:st|nd|rd|th)|\b[A-Z]))\s+(${Object.keys(STREETS).join('|')})(?:\.(?!\w)|(?=[\s,;]|$))(?!\s+\p{Lu}\p{Ll}+['’]s\b)`,
  'gu',
);

/** With a number or letter after them. */
const LABELS: Readonly<Record<string, string>> = {
  no: 'number',
  nos: 'numbers',
  'n°': 'number',
  '№': 'number',
  fig: 'figure',
  figs: 'figures',
  eq: 'equation',
  eqs: 'equations',
  vol: 'volume',
  vols: 'volumes',
  ch: 'chapter',
  chap: 'chapter',
  sec: 'section',
  sect: 'section',
  art: 'article',
  p: 'page',
  pp: 'pages',
  pg: 'page',
  pt: 'part',
  ver: 'version',
  ex: 'example',
  ext: 'extension',
  apt: 'apartment',
  ste: 'suite',
  rm: 'room',
  bldg: 'building',
  tbl: 'table',
  app: 'appendix',
  para: 'paragraph',
  ref: 'reference',
  op: 'opus',
  ed: 'edition',
  art_: 'article',
  ca: 'circa',
  c: 'circa',
  approx: 'approximately',
  est: 'estimated',
  temp: 'temperature',
  rte: 'route',
  hwy: 'highway',
  lvl: 'level',
  lv: 'level',
};
const LABEL = new RegExp(
  String.raw`(?<![\w.])(${Object.keys(LABELS).join('|')})\.?\s?(?=[#$€£]?\d|[A-Z]\d|[IVX]{1,4}\b)`,
  'giu',
);
const NEEDS_DOT =
  /^(?:no|nos|p|pp|c|ex|art|app|ed|op|sec|ch|ca|fig|pt|ste|ref|est|temp|ver|vol|eq|para|sect|chap|lv|lvl)$/i;

/** Anywhere. The key ends without its last dot; the pattern takes it with or without. */
const PHRASES: readonly (readonly [pattern: RegExp, say: string])[] = [
  [/\be\.\s?g\.,?/gi, 'for example,'],
  [/\bi\.\s?e\.,?/gi, 'that is,'],
  [/\betc\.?(?![\w])/gi, 'et cetera'],
  [/\bvs\.(?=\s)/g, 'versus'],
  [/(?<=\p{L}\s)v\.(?=\s)/gu, 'versus'],
  [/\bvs\b\.?/gi, 'versus'],
  [/\bet al\.?(?=[\s,;)]|$)/gi, 'et al'],
  [/\bcf\.(?=\s)/gi, 'compare'],
  [/\bviz\.(?=\s)/gi, 'namely'],
  [/\bapprox\.?(?=\s)/gi, 'approximately'],
  [/\bca\.(?=\s)/gi, 'circa'],
  [/\ba\.?k\.?a\.?(?=\s)/gi, 'also known as'],
  [/\bw\.r\.t\.?(?=\s)/gi, 'with respect to'],
  [/\bw\/o(?!\w)/gi, 'without'],
  [/\bw\/(?:in|i)(?=\s)/g, 'within'],
  [/(?<!\d\s?)\ba\.m\.(?=\s|$|[,;)])/g, 'AM'],
  [/(?<!\d\s?)\bp\.m\.(?=\s|$|[,;)])/g, 'PM'],
  [/\bno\. of(?=\s)/g, 'number of'],
  [/\bNo\. of(?=\s)/g, 'Number of'],
  [/\bBlvd\.?(?=\s\p{Lu})/gu, 'Boulevard'],
  [/(?<!\d\s?)\bw\/(?=\s?\w)\s?/g, 'with '],
  [/\bAve\.(?=\s\p{Ll})/gu, 'Avenue'],
  [/\bJr\.(?=\s(?:and|or)\b)/g, 'Junior'],
  [/\bb\/c(?!\w)/gi, 'because'],
  [/\bb\/w(?!\w)/gi, 'between'],
  [/\bn\/a\b/gi, 'not applicable'],
  [/\band\/or\b/gi, 'and or'],
  [/\bs\/he\b/gi, 'she or he'],
  [/\bc\/o(?!\w)/gi, 'care of'],
  [/\blat\.(?=\s[-−]?\d)/gi, 'latitude'],
  [/\blong\.(?=\s[-−]?\d+(?:\.\d+)?\s?°)/gi, 'longitude'],
  [/\btemp\.(?=\s\p{Ll})/gu, 'temperature'],
  [/\beqs?\.(?=\s?\(\d)/g, 'equation'],
  [/\bEqs?\.(?=\s?\(\d)/g, 'Equation'],
  [/(?<=\d\s)doz\./g, 'dozen'],
  [/(?<=\d(?:st|nd|rd|th)\s)c\.(?!\w)/g, 'century'],
  [/\bPh\.?D\.?s\b/g, 'PhDs'],
  [/\by\/y\b/gi, 'year over year'],
  [/\bq\/q\b/gi, 'quarter over quarter'],
  [
    /(?<=\b(?:phone|account|order|serial|model|part|reference|ref|tracking|flight|room|house|bus)\s)no\.(?=\s)/gi,
    'number',
  ],
  [/\bQty\b\.?/g, 'Quantity'],
  [/\bqty\b\.?/g, 'quantity'],
  [/\bDept\.?(?=\s)/g, 'Department'],
  [/\bGovt\.?(?=\s)/gi, 'government'],
  [/\bUniv\.(?=\s)/g, 'University'],
  [/\bAssn\.(?=\s)/g, 'Association'],
  [/\bIntl\.?(?=\s)/g, 'International'],
  [/\bInc\./g, 'Incorporated'],
  [/\bLtd\b\.?/g, 'Limited'],
  [/\bCorp\b\.?/g, 'Corporation'],
  [/\bBros\./g, 'Brothers'],
  [/(?<=\p{Lu}\p{L}+(?:,? (?:&|and))? )Co\.(?!\w)/gu, 'Company'],
  [/\bCo\.(?=\s|$)/g, 'Company'],
  [/\band co\.(?=\s|$)/g, 'and company'],
  [/(?<=\p{L}),? Jr\b\.?/gu, ' Junior'],
  [/(?<=\p{L}),? Sr\b\.?/gu, ' Senior'],
  [/\bEsq\.?/g, 'Esquire'],
  [/\bPh\.\s?D\.?(?!\w)/g, 'PhD'],
  [/\bB\.\s?Sc\.?(?!\w)/g, 'B S C'],
  [/\bM\.\s?Sc\.?(?!\w)/g, 'M S C'],
  [/\bM\.D\.(?!\w)/g, 'MD'],
  [/(?<!\d\s?)\bmax\.(?=\s)/gi, 'maximum'],
  [/(?<!\d\s?)\bmin\.(?=\s)/gi, 'minimum'],
  [/\bavg\.?(?=\s)/gi, 'average'],
  [/\bmisc\.(?=\s)/gi, 'miscellaneous'],
  [/\bincl\.(?=\s)/gi, 'including'],
  [/\bexcl\.(?=\s)/gi, 'excluding'],
  [/\bresp\.(?=\s)/gi, 'respectively'],
  [/\bext\.(?=\s)/gi, 'extension'],
  [/\btel[.:]+(?=\s)/gi, 'telephone'],
  [/\b(?:Ctrl|Ctl)-(?=\p{L}|\d)/gu, 'Control '],
  [/\bCtrl(?=\s?\+|\b)/gu, 'Control'],
  [/\bCmd-(?=\p{Lu}|\d)/gu, 'Command '],
  [/\bCmd(?=\s?\+)/g, 'Command'],
  [/\bB\.\s?C\.(?!\w)/g, 'BC'],
  [/\bA\.\s?D\b\.?(?!\w)/g, 'AD'],
  [/\bJan\.(?!\w)/g, 'January'],
  [/\bTBD\b/g, 'TBD'],
];

const STATES: Readonly<Record<string, string>> = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
};
const STATE = new RegExp(
  String.raw`(?<=\p{Lu}\p{Ll}+,\s)(${Object.keys(STATES).join('|')})(?=\s+\d{5}\b|[.,;)]|$|\s)`,
  'gu',
);
const DIRECTION = /(?<=\b\d+\s)([NSEW])\.?(?=\s+(?:\p{Lu}\p{L}+|\d+(?:st|nd|rd|th)))/gu;
const DIRECTIONS: Readonly<Record<string, string>> = { N: 'North', S: 'South', E: 'East', W: 'West' };

/** Rewrites abbreviations. Runs before the rules for numbers, which read what stands after "No." or "Fig.". */
export const abbreviations: Rewrite = (text, words) => {
  let said = text
    .replace(/(?<=\d,?\s)v(v?)\.\s?(?=\d)/g, (_, many: string) => `verse${many === '' ? '' : 's'} `)
    .replace(STATE, (code: string) => STATES[code] ?? code)
    .replace(DIRECTION, (_, letter: string) => DIRECTIONS[letter] ?? letter)
    .replace(STREET, (whole: string, name: string, street: string, at: number, all: string) => {
      const title =
        /^(?:Dr|St|Ct|Pl|Cir|Ter|Sq|Ln)$/.test(street) &&
        /^\s*\p{Lu}\p{Ll}/u.test(all.slice(at + whole.length));
      const place = /\d/.test(name) || (/\d+\s+$/.test(all.slice(Math.max(0, at - 6), at)) && true);
      if (title && !place) return whole;
      return `${name} ${STREETS[street] ?? street}${whole.endsWith('.') && /^\s*(?:$|(?!(?:NW|NE|SW|SE|[NSEW])\b)\p{Lu})/u.test(all.slice(at + whole.length)) ? '.' : ''}`;
    })
    .replace(
      /(?<=(?:Street|Avenue|Road|Boulevard|Drive)\s)(N|S)(W|E)\b/g,
      (_, a: string, b: string) => `${DIRECTIONS[a] ?? ''}${(DIRECTIONS[b] ?? '').toLowerCase()}`,
    )
    .replace(/\bSr\.(?=\s(?:Mary|Maria|Agnes|Teresa|Anne?|Catherine|Joan|Helen|Margaret)\b)/g, 'Sister')
    .replace(TITLE, (_, title: string) => TITLES[title] ?? title)
    .replace(BARE_TITLE, (title: string) => TITLES[title] ?? title)
    .replace(LABEL, (whole: string, label: string) => {
      if (NEEDS_DOT.test(label) && !whole.includes('.')) return whole;
      const full = LABELS[label.toLowerCase()] ?? label;
      const capital = /^\p{Lu}/u.test(label) ? `${full.charAt(0).toUpperCase()}${full.slice(1)}` : full;
      return `${capital} `;
    });
  if (words.british) said = said.replace(/\bLtd\b\.?/g, 'Limited');
  if (!/[./]|etc|vs|approx|aka|avg|Ltd|Corp|Dept|Jr|Sr|Intl|Govt|Ctrl|Cmd|tel:|qty/i.test(said)) return said;
  for (const [pattern, say] of PHRASES) {
    said = said.replace(pattern, (whole: string, ...rest: readonly unknown[]) => {
      const at = rest.find((value): value is number => typeof value === 'number') ?? 0;
      const all =
        rest.find(
          (value): value is string => typeof value === 'string' && value.length >= at + whole.length,
        ) ?? '';
      const ends = whole.endsWith('.') && /^["'”’)]*\s*$/.test(all.slice(at + whole.length));
      return ends && !say.endsWith(',') ? `${say}.` : say;
    });
  }
  return said;
};
