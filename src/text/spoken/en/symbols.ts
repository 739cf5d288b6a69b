/** Signs between and around words and numbers: mathematics, hashes, slashes, arrows. */
import { digitWords, type NumberWords } from './numbers.ts';
import type { Rewrite } from './rule.ts';

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
  '⁻': '-',
  '⁺': '+',
  ⁿ: 'n',
  ˣ: 'x',
  ⁱ: 'i',
};
const SUBSCRIPTS: Readonly<Record<string, string>> = {
  '₀': '0',
  '₁': '1',
  '₂': '2',
  '₃': '3',
  '₄': '4',
  '₅': '5',
  '₆': '6',
  '₇': '7',
  '₈': '8',
  '₉': '9',
};

/** `Ca²⁺`, `SO₄²⁻`. */
const ION = /(?<=\b(?:\p{Lu}\p{Ll}?[₀-₉]*)*)(\p{Lu}\p{Ll}?[₀-₉]*)([²³⁴]?)([⁺⁻])(?![⁰¹²³⁴⁵⁶⁷⁸⁹\p{L}])/gu;

function powerWords(exponent: string, words: NumberWords): string {
  if (exponent === '2') return ' squared';
  if (exponent === '3') return ' cubed';
  const bare = exponent.replace(/^[-−+]/, '');
  const said = /^\d+$/.test(bare) ? words.cardinal(bare) : bare;
  const sign = /^[-−]/.test(exponent) ? 'minus ' : '';
  return ` to the power of ${sign}${said}`;
}

/** Rewrites powers: "x squared", "ten to the power of minus three". Runs before the rules for plain numbers. */
export const powers: Rewrite = (text, words) =>
  text
    .replace(
      ION,
      (_, element: string, charge: string, sign: string) =>
        `${element} ${SUPERSCRIPTS[charge] ?? ''} ${sign === '⁺' ? 'plus' : 'minus'}`,
    )
    .replace(
      /(?<=[\p{L}\d)\]₀-₉])([⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿˣⁱ]+)(?=(\p{L}?))/gu,
      (run: string, _run: string, next: string) =>
        `${powerWords(Array.from(run, (mark) => SUPERSCRIPTS[mark] ?? mark).join(''), words)}${next === '' ? '' : ' '}`,
    )
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, '')
    .replace(/\blog([₀-₉]+)\s?\(([^()]{1,20})\)/g, (_, base: string, of: string) => {
      return `log base ${Array.from(base, (mark) => SUBSCRIPTS[mark] ?? mark).join('')} of ${of}`;
    })
    .replace(/[₀₁₂₃₄₅₆₇₈₉]+/g, (run) => ` ${Array.from(run, (mark) => SUBSCRIPTS[mark] ?? mark).join('')} `)
    .replace(
      /(?<=[\p{L}\d)\]])\s?(?:\^|\*\*)\s?[({]?([-−]?(?:\d+|[a-z])(?![\w]))[)}]?/gu,
      (_, exponent: string) => powerWords(exponent, words),
    );

/** Between operands, with or without spaces. */
const BINARY: readonly (readonly [RegExp, string])[] = [
  [/\s?(?:≤|<=)\s?/g, ' is less than or equal to '],
  [/\s?(?:≥|>=)\s?/g, ' is greater than or equal to '],
  [/\s?(?:≠|!==?)\s?/g, ' is not equal to '],
  [/\s?≈\s?/g, ' is approximately '],
  [/\s?≡\s?/g, ' is equivalent to '],
  [/\s?===?\s?/g, ' equals '],
  [/\s?\+=\s?/g, ' plus equals '],
  [/\s?±\s?/g, ' plus or minus '],
  [/\s?[×·∙](?=\s?[\d\p{L}(-])\s?/gu, ' times '],
  [/\s?÷\s?/g, ' divided by '],
  [/\s?(?:⇒|=>)\s?/g, ' implies '],
  [/\s?(?:→|⟶|->|-->|➜|➔|➡)\s?/g, ' to '],
  [/\s?(?:↔|<->|⇔)\s?/g, ' if and only if '],
  [/\s?(?:←|<-)\s?/g, ' from '],
  [/√\s?/g, ' the square root of '],
  [/∛\s?/g, ' the cube root of '],
  [/∞/g, ' infinity '],
  [/π/g, ' pi '],
  [/∑(?:\s?of\b)?/g, ' the sum of '],
  [/∫(?:\s?of\b)?/g, ' the integral of '],
  [/∏(?:\s?of\b)?/g, ' the product of '],
  [/Δ/g, ' delta '],
  [/∂/g, ' partial '],
  [/∈/g, ' in '],
  [/∉/g, ' not in '],
  [/∋/g, ' contains '],
  [/∅/g, ' the empty set '],
  [/[⊂⊆]/g, ' is a subset of '],
  [/[⊃⊇]/g, ' is a superset of '],
  [/∀/g, ' for all '],
  [/∃/g, ' there exists '],
  [/¬/g, ' not '],
  [/∧/g, ' and '],
  [/∨/g, ' or '],
  [/⊕/g, ' X or '],
  [/∝/g, ' is proportional to '],
  [/∇/g, ' nabla '],
  [/∥/g, ' parallel to '],
  [/⊥/g, ' perpendicular to '],
  [/∠/g, ' angle '],
  [/[≪]/g, ' is much less than '],
  [/[≫]/g, ' is much greater than '],
  [/≅/g, ' is congruent to '],
  [/ℝ/g, ' the real numbers '],
  [/ℤ/g, ' the integers '],
  [/ℕ/g, ' the natural numbers '],
  [/ℚ/g, ' the rational numbers '],
  [/ℂ/g, ' the complex numbers '],
  [/∴/g, ' therefore '],
  [/∪/g, ' union '],
  [/∩/g, ' intersection '],
];

const HAS_OPERATOR = /[<>=±×·∙÷¬πΔℝℤℕℚℂ\u2190-\u22ff\u27f5-\u27ff➜➔➡]/;

/** `mx` in a formula; two letters that are a word stay one. */
const PRODUCT_OF_LETTERS =
  /(?<![\w'’])(?!(?:is|if|or|so|to|of|in|at|as|be|by|do|go|no|on|up|we|us|it|an|am|me|my|he|pi|ln|px|km|cm|mm|kg|ms|id)\b)([a-z])([a-z])(?=\s?[+*/=^]|\s[-−]|\s?$)/g;

/** `6.02e23`. */
const SCIENTIFIC = /(?<![\w.])(\d[\d,]*(?:\.\d+)?)[eE]([+-]?\d+)(?!\w)/g;

/** `x` as a cross, powers of ten, and signs that need numbers or letters at both sides. */
export const mathematics: Rewrite = (text, words) => {
  if (!/[!+*/=<>±×÷≡·∙π\u0391-\u03c9^()x¬ℝℤℕℚℂ\u2190-\u22ff\u27f5-\u27ff-]|\d[eEb]/.test(text)) return text;
  const formula = /[=+×÷*^√]|squared|cubed/.test(text);
  const product = /=|\d\s?[+÷]\s?\d|\d\s[-−]\s\d|\b(?:what is|what's|calculate|compute)\s\d/i.test(text);
  if (product || /\b[nkm]!/.test(text)) text = text.replace(/(?<=\b[nkm]|\d(?=!\s*[=+*/×]))!/g, ' factorial');
  text = text.replace(/(?<=(?:^|\s)\d{1,3})!(?=\s(?:is|equals|means)\b)/g, ' factorial');
  let said = text
    .replace(/\b0x([0-9a-f]+)\b/gi, (_, hex: string) => `hex ${Array.from(hex.toUpperCase()).join(' ')}`)
    .replace(/\b0b([01]+)\b/g, (_, bits: string) => `binary ${digitWords(bits)}`)
    .replace(SCIENTIFIC, (_, factor: string, exponent: string) => {
      return `${words.decimal(factor)} times ten${powerWords(exponent, words)}`;
    })
    .replace(
      /(?:(?<=\d\s?[x×]\s?)|(?<![\w.]))(\d+(?:,\d{3})*(?:\.\d+)?)\s?[x×]\s?(?=\d)/g,
      (whole: string, left: string, at: number, all: string) =>
        product || /^10 to the power/.test(all.slice(at + whole.length))
          ? `${words.decimal(left)} times `
          : `${dimension(words, left)} by `,
    )
    .replace(/(?<=\bby )(\d{4})(?![\d.,])/g, (_, right: string) => dimension(words, right))
    .replace(
      /(?<![\w.])(\d+(?:\.\d+)?)(?:x|\s?×)(?![\p{L}\d])/gu,
      formula && /[=+]/.test(text) ? '$1 x' : '$1 times',
    )
    .replace(/\b([a-z])([a-z])(?= (?:squared|cubed)\b)/g, '$1 $2')
    .replace(
      /(?<![\p{L}\d|])\|([a-zA-Z\d](?:[^|\n]{0,12}[a-zA-Z\d)])?)\|(?!\|)/gu,
      formula || /[<>]/.test(text) ? ' the absolute value of $1 ' : '$&',
    )
    .replace(PRODUCT_OF_LETTERS, product ? '$1 $2' : '$&')
    .replace(/(?<=^|[=(]\s?)-(?=[a-z]\b(?:\s?[-+*/=^]|\s(?:squared|cubed)))/g, 'minus ')
    .replace(/(?<![\w.,])(\d+(?:\.\d+)?)([a-rt-z])(?=\s?(?:[-+*/=^<>−]|squared|cubed)|\s?$)/g, '$1 $2')
    .replace(/(?<=[\d)]|\b[a-z])\s?\*\s?(?=[\d(]|[a-z]\b)/g, ' times ')
    .replace(/(?<=[\d)]|\b[a-zA-Z]|squared|cubed)\s?\+\s?(?=[\d(]|[a-zA-Z]\b|√)/g, ' plus ')
    .replace(/(?<=[\d)]|\b[a-z]|squared|cubed)\s{0,2}[-−–]\s(?=[\d(]|[a-z]\b|√)/g, (dash) =>
      formula ? ' minus ' : dash,
    )
    .replace(/(?<=\d|\b[a-z])−(?=\d|[a-z]\b)/g, ' minus ')
    .replace(/(?<=[\d)]) \/ (?=[\d(])/g, ' divided by ')
    .replace(/(?<=\))\/(?=[\d(]|[a-z]\b)/g, ' over ')
    .replace(/(?<=\d)-(?=\d+\s?=)/g, ' minus ')
    .replace(/(?<![\p{L}\d-])(\d*[nkmijxy])-(?=\d+(?![\p{L}\d-]))/gu, '$1 minus ')
    .replace(/\b(arc)?(sin|cos|tan)(h?)(?=\s?\(|\s[a-z]\b|\s?[\u0391-\u03c9]|\ssquared|\s\d)/g, functionName)
    .replace(/\b([a-z])(['’′]{1,2})\(([^()"'’]{1,15})\)/g, (_, name: string, primes: string, of: string) => {
      return `${name} ${primes.length === 2 ? 'double ' : ''}prime of ${of}`;
    })
    .replace(FUNCTION_OF, (_, name: string, of: string) => `${name} of ${of.replace('|', ' given ')}`)
    .replace(/(?<=[=(]\s?)[-−](?=\d|[a-z]\b)/g, ' minus ');
  if (HAS_OPERATOR.test(said)) {
    for (const [pattern, say] of BINARY) said = said.replace(pattern, say);
  }
  return said
    .replace(/(?<=[\p{L}\d)"]|\s)=(?=\s*["\p{L}\d(-])/gu, ' equals ')
    .replace(/(?<=\b[a-z]|\d)<(?=\d|[a-z]\b)/g, ' is less than ')
    .replace(/(?<=\b[a-z]|\d)>(?=\d|[a-z]\b)/g, ' is greater than ')
    .replace(/(?<=[\p{L}\d)])\s<\s(?=[\p{L}\d(]|\.\d)/gu, ' is less than ')
    .replace(/(?<=[\p{L}\d)])\s>\s(?=[\p{L}\d(]|\.\d)/gu, ' is greater than ')
    .replace(/(?<![\p{L}<>/])\s?<\s?(?=[\d.-])/gu, ' less than ')
    .replace(/(?<![\p{L}<>/-])\s?>\s?(?=[\d.])/gu, ' greater than ');
};

/** `f(x)`, `O(n log n)`, `P(A)`: a function of variables, not a call in a program. */
const FUNCTION_OF =
  /(?<![\p{L}\d._])([fghOTPE])\(((?:(?:\d+|[a-zA-Z]|log|of|squared|cubed|to the power of \S+|plus|minus)(?: |,|[-+*/^|] ?)*){1,5})\)/gu;

function functionName(_: string, arc: string | undefined, name: string, hyperbolic: string): string {
  const said = { sin: 'sine', cos: 'cosine', tan: 'tangent' }[name] ?? name;
  return `${arc === undefined ? '' : 'arc '}${hyperbolic === '' ? '' : 'hyperbolic '}${said} `;
}

/** A side of a picture: four digits are said in pairs, as in "nineteen twenty by ten eighty". */
function dimension(words: NumberWords, side: string): string {
  return /^\d{4}$/.test(side) && !side.endsWith('00') ? words.year(side) : words.decimal(side);
}

/** The names of the Greek letters from alpha on, in the order of Unicode, which has two forms of sigma. */
const GREEK =
  `alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon
  phi chi psi omega`.split(/\s+/);

const SIDES: Readonly<Record<string, string>> = { N: 'north', S: 'south', E: 'east', W: 'west' };

/** Keys by their signs. */
const KEYS: Readonly<Record<string, string>> = {
  '⌘': 'Command ',
  '⌥': 'Option ',
  '⇧': 'Shift ',
  '⌃': 'Control ',
  '⏎': 'Enter ',
  '↵': 'Enter ',
  '⌫': 'Backspace ',
  '⎋': 'Escape ',
  '⇥': 'Tab ',
};

/** Rewrites single signs: `&`, `#`, `~`, `@`, `§`, `C++`, `/`. */
export const signs: Rewrite = (text) => {
  return text
    .replace(/\b([CFJ])#(?!\w)/g, '$1 sharp')
    .replace(
      /\b([CG])\+\+(?=(\w?))/gi,
      (_, letter: string, next: string) => `${letter} plus plus${next === '' ? '' : ' '}`,
    )
    .replace(
      /(?<![\w-])([A-DF])[-−](?=$|[.,;)]|\s(?:and|or|to|in|on|grades?|for|average|students?)\b)/g,
      '$1 minus',
    )
    .replace(/(?<=\w)\+\+/g, ' plus plus')
    .replace(/(?<=\p{L}{2})\+(?=\w)/gu, ' plus ')
    .replace(/(?<=[\p{L}\d)])\s+\+\s+(?=[\p{L}\d(])/gu, ' plus ')
    .replace(/(?<=[\p{L}])\+(?!\w)/gu, ' plus')
    .replace(/(?<=\d)\+(?!\d)/g, ' plus')
    .replace(/(?<![\w])\+(?=[\d.])/g, 'plus ')
    .replace(/#\s?(?=\d)(?!\d+\p{Lu}\p{Ll})/gu, 'number ')
    .replace(
      /#((?:\d+(?=\p{Lu}))?\p{L}[\p{L}\d]*)/gu,
      (_, tag: string) =>
        `hashtag ${tag.replace(/(?<=\p{Ll}|\d)(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')}`,
    )
    .replace(/\s?&&?\s?/g, ' and ')
    .replace(/(?:^|\s)@\s?|(?<=\w)@(?=\w)/g, ' at ')
    .replace(/(?<=[\p{L}\d_])::(?=[\p{L}_])/gu, ' ')
    .replace(/[⌘⌥⇧⌃⏎↵⌫⎋⇥]\s?\+?\s?/g, (key: string) => KEYS[key.charAt(0)] ?? key)
    .replace(/§§?\s?/g, 'section ')
    .replace(/¶\s?/g, 'paragraph ')
    .replace(/№\s?/g, 'number ')
    .replace(/(?<=copyright\s)©/gi, '')
    .replace(/©/g, ' copyright ')
    .replace(/(?<=\d)\s?°\s?([NSEW])(?!\w)/g, (_, side: string) => ` degrees ${SIDES[side] ?? side}`)
    .replace(/(?<=\d)\s?°/g, ' degrees')
    .replace(/(?<![\p{L}\d])°([CF])(?!\w)/gu, (_, scale: string) =>
      scale === 'C' ? 'degrees Celsius' : 'degrees Fahrenheit',
    )
    .replace(/(?<![\w-])--(?=\w)/g, 'dash dash ')
    .replace(/(?<=^|\s)-(?=(?:[a-zA-Z]{1,2}|[b-df-hj-np-tv-z]{3,4})(?![\w-]|['’]\w))/g, 'dash ')
    .replace(/(?<=degrees (?:Celsius|Fahrenheit))\s?\/\s?(?=\p{L})/gu, ' or ')
    .replace(/(?<=\s)\/(?=\p{L})/gu, 'slash ')
    .replace(
      /(?<=\p{L})\s?\/\s?(second|minute|hour|day|week|month|year|person|user|night|mile|kilometer|gallon)\b/gu,
      ' per $1',
    )
    .replace(/(?<=\p{L})\s?\/\s?(?=\p{L})/gu, (_, at: number, all: string) =>
      /\b(?:he|his|him|she|hers|her|it)$/i.test(all.slice(0, at)) ? ' or ' : ' slash ',
    )
    .replace(/(?<=[\p{L}\d])_(?=[\p{L}\d])/gu, ' ')
    .replace(/\b[a-z]{2,}(?:[A-Z][a-z]+)+\b/g, (name) => name.replace(/(?=[A-Z])/g, ' '))
    .replace(/(?<=\d)\s?★(?=\s\p{Ll})/gu, ' star')
    .replace(
      /(★+)(☆+)/g,
      (_, full: string, empty: string) => ` ${full.length} out of ${full.length + empty.length} stars `,
    )
    .replace(/(?<=\d)\s?★/g, ' stars')
    .replace(/[✓✔☑]/g, ' check ')
    .replace(/µ/g, 'micro')
    .replace(/(?<![\p{L}\p{M}])[\u0391-\u03a9\u03b1-\u03c9](?![\p{L}\p{M}])/gu, (letter) => {
      const name = GREEK[letter.toLowerCase().charCodeAt(0) - 0x3b1];
      return name === undefined ? letter : name;
    });
};
