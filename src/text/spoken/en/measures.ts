/** Numbers with units, with the plural that the number asks for. */
import type { NumberWords } from './numbers.ts';
import { NAMED_PLACE, NUMBER, SIGN, type Rewrite } from './rule.ts';

interface Unit {
  readonly one: string;
  readonly many: string;
  /** Symbols that are also letters or words: only after a number without a space, or with one where nothing else fits. */
  readonly tight?: boolean;
}

const metre = (british: boolean, stem: string): string => `${stem}${british ? 'metre' : 'meter'}`;
const litre = (british: boolean, stem: string): string => `${stem}${british ? 'litre' : 'liter'}`;

function plural(one: string): Unit {
  return { one, many: `${one}s` };
}

function unitTable(british: boolean): ReadonlyMap<string, Unit> {
  const table = new Map<string, Unit>();
  const add = (symbols: string, unit: Unit): void => {
    for (const symbol of symbols.split(' ')) table.set(symbol, unit);
  };
  for (const [symbol, stem] of [
    ['k', 'kilo'],
    ['c', 'centi'],
    ['m', 'milli'],
    ['µ', 'micro'],
    ['μ', 'micro'],
    ['n', 'nano'],
  ] as const) {
    add(`${symbol}m`, plural(metre(british, stem)));
  }
  add('m', plural(metre(british, '')));
  add('mL ml', plural(litre(british, 'milli')));
  add('L l', plural(litre(british, '')));
  add('dl dL', plural(litre(british, 'deci')));
  add('cl cL', plural(litre(british, 'centi')));
  add('µL μL', plural(litre(british, 'micro')));
  add('kg kgs KG Kg', plural('kilogram'));
  add('g', plural('gram'));
  add('mg', plural('milligram'));
  add('µg μg mcg', plural('microgram'));
  add('kn kts', plural('knot'));
  add('ly', plural('light year'));
  add('AU', plural('astronomical unit'));
  add('atm', plural('atmosphere'));
  add('N·m N⋅m Nm', plural('newton meter'));
  add('lb-ft ft-lb ft-lbs lb·ft', plural('foot-pound'));
  add('t', { ...plural('tonne'), tight: true });
  add('lb lbs LBS', plural('pound'));
  add('oz', plural('ounce'));
  add('ft', { one: 'foot', many: 'feet' });
  add('in', { one: 'inch', many: 'inches', tight: true });
  add('yd yds', plural('yard'));
  add('mi', plural('mile'));
  add('nmi', plural('nautical mile'));
  add('ha', plural('hectare'));
  add('gal', plural('gallon'));
  add('qt', plural('quart'));
  add('tsp', plural('teaspoon'));
  add('tbsp Tbsp tbs Tbs', plural('tablespoon'));
  add('fl_oz', plural('fluid ounce'));
  add('s sec secs', plural('second'));
  add('min mins', plural('minute'));
  add('h hr hrs', plural('hour'));
  add('ms', plural('millisecond'));
  add('µs μs', plural('microsecond'));
  add('ns', plural('nanosecond'));
  add('yr yrs', plural('year'));
  add('wk wks', plural('week'));
  add('mo mos', plural('month'));
  for (const [symbol, stem] of [
    ['K', 'kilo'],
    ['k', 'kilo'],
    ['M', 'mega'],
    ['G', 'giga'],
    ['T', 'tera'],
    ['P', 'peta'],
  ] as const) {
    add(`${symbol}B ${symbol}iB`, plural(`${stem}byte`));
    add(`${symbol}b ${symbol}bit`, plural(`${stem}bit`));
    add(`${symbol.toLowerCase()}bps ${symbol}bps ${symbol}b/s ${symbol}bit/s`, {
      one: `${stem}bit per second`,
      many: `${stem}bits per second`,
    });
    add(`${symbol}B/s`, { one: `${stem}byte per second`, many: `${stem}bytes per second` });
    add(`${symbol}W`, plural(`${stem}watt`));
    add(`${symbol}Wh`, plural(`${stem}watt hour`));
    add(`${symbol}Hz`, { one: `${stem}hertz`, many: `${stem}hertz` });
    add(`${symbol}V`, plural(`${stem}volt`));
    add(`${symbol}J`, plural(`${stem}joule`));
    add(`${symbol}N`, plural(`${stem}newton`));
    add(`${symbol}Pa`, plural(`${stem}pascal`));
  }
  add('Hz', { one: 'hertz', many: 'hertz' });
  add('hz', { one: 'hertz', many: 'hertz' });
  add('W', plural('watt'));
  add('mW', plural('milliwatt'));
  add('Wh', plural('watt hour'));
  add('V', plural('volt'));
  add('mV', plural('millivolt'));
  add('A', { ...plural('amp'), tight: true });
  add('mA', plural('milliamp'));
  add('mAh', plural('milliamp hour'));
  add('Ah', plural('amp hour'));
  add('Ω', plural('ohm'));
  add('kΩ', plural('kilo-ohm'));
  add('J', plural('joule'));
  add('N', plural('newton'));
  add('Pa', plural('pascal'));
  add('hPa', plural('hectopascal'));
  add('K', { one: 'kelvin', many: 'kelvin', tight: true });
  add('cal', plural('calorie'));
  add('kcal Cal', plural('kilocalorie'));
  add('hp', { one: 'horsepower', many: 'horsepower' });
  add('psi', { one: 'pound per square inch', many: 'pounds per square inch' });
  add('pts', plural('point'));
  add('mol', plural('mole'));
  add('mmol', plural('millimole'));
  add('µmol μmol', plural('micromole'));
  add('dB', plural('decibel'));
  add('rpm RPM', { one: 'revolution per minute', many: 'revolutions per minute' });
  add('bpm BPM', { one: 'beat per minute', many: 'beats per minute' });
  add('fps FPS', { one: 'frame per second', many: 'frames per second' });
  add('mph', { one: 'mile per hour', many: 'miles per hour' });
  add('mpg', { one: 'mile per gallon', many: 'miles per gallon' });
  add('kph kmh', { one: `${metre(british, 'kilo')} per hour`, many: `${metre(british, 'kilo')}s per hour` });
  add('ppm', { one: 'part per million', many: 'parts per million' });
  add('px', plural('pixel'));
  add('dpi DPI', { one: 'dot per inch', many: 'dots per inch' });
  add('MP', plural('megapixel'));
  add('sqft', { one: 'square foot', many: 'square feet' });
  add('°C ℃', { one: 'degree Celsius', many: 'degrees Celsius' });
  add('°F ℉', { one: 'degree Fahrenheit', many: 'degrees Fahrenheit' });
  add('° º', plural('degree'));
  return table;
}

const TABLES = { american: unitTable(false), british: unitTable(true) };
const SYMBOLS = [...TABLES.american.keys()]
  .sort((a, b) => b.length - a.length)
  .map((symbol) => symbol.replace('_', String.raw`\.?\s?`));
const UNIT = String.raw`(${SYMBOLS.join('|')})`;
const POWER = String.raw`(²|³|\^2|\^3)?`;
const RANGE = String.raw`(?:\s?(?:[–—-]|to)\s?(${NUMBER}))?`;
const SIDES = String.raw`(?:\s?[x×]\s?(${NUMBER}))?(?:\s?[x×]\s?(${NUMBER}))?`;
const MEASURE = new RegExp(
  String.raw`(${SIGN})(?<![\p{L}\d.,$€£])(${NUMBER})(\s?\d\/\d)?${RANGE}${SIDES}([\s\u00a0\u202f]?|-)${UNIT}${POWER}(?:\s?\/\s?(?:${UNIT}${POWER}|(100\s?(?:km|mi|g|ml|mL)|day|week|month|year|hour|minute|second|person|serving|night|user)\b))?(?:\/(day|d|hour|hr|h|min|week|wk|month|year|yr)\b)?(?![\p{L}\d²³^]|\/(?!\s?\d)|-\p{L}{2,}\s?[/=])\.?(?=(\.?))`,
  'gu',
);
const SQUARE = /(?<![\w.,])((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s?(sq|cu)\.?\s?(ft|in|m|km|mi|yd|cm)\b\.?/g;
/** `8 cm x 12 cm`. */
const UNIT_BY_UNIT = new RegExp(String.raw`(?<=\d\s?(?:${SYMBOLS.join('|')})\.?)\s[x×]\s(?=\d)`, 'gu');
/** `3 × 10⁸ m/s`. */
const AFTER_POWER = new RegExp(
  String.raw`(?<=\d⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s)${UNIT}(?:\s?\/\s?${UNIT})?(?![\p{L}\d²³^/])`,
  'gu',
);
/** `37°C–39°C`: the unit is said once. */
const SAME_UNIT_RANGE = new RegExp(
  String.raw`(?<![\p{L}.,])(${NUMBER})\s?${UNIT}\s?[–—-]\s?(?=${NUMBER}\s?\2(?![\p{L}\d]))`,
  'gu',
);
const FEET_INCHES = /(?<![\w.])(\d{1,2})['’′]\s?(\d{1,2})(?:["”″]|['’′]{2})?(?!\w)/g;
const SCALED = new RegExp(
  String.raw`\b(hundred|thousand|million|billion|trillion|half|halves|thirds?|quarters?|eighths?|sixteenths?)\s(${SYMBOLS.filter((symbol) => symbol.length > 1).join('|')})${POWER}(?![\p{L}\d/])(\.(?!\w))?`,
  'gu',
);
const AFTER_FEET = /\b(?:feet|foot)\s[\p{L} -]*$/u;
const HOURS_MINUTES = /(?<![\w.])(\d{1,3})\s?h(?:rs?)?,?\s?(\d{1,2})\s?m(?:ins?)?\b/g;
/** With a comma only after `min`: "5 m, 30 s" are a length and a time. */
const MINUTES_SECONDS = /(?<![\w.])(\d{1,3})\s?m(?:in,?)?\s?(\d{1,2})\s?s(?:ecs?)?\b/g;
const INCHES = /(?<![\w.])(\d{1,3}(?:\.\d+)?)["”″](?=\s|[.,;)-]|$)/g;
const ATTRIBUTIVE_INCHES =
  /(?<![\w.])(\d{1,3}(?:\.\d+)?)["”″](?=\s(?!and\b|or\b|by\b|x\b|to\b|in\b|is\b|of\b|wide\b|tall\b|long\b|deep\b|high\b|thick\b)\p{Ll})/gu;
/** `12"–18"`. */
const INCHES_RANGE = /(?<![\w.])(\d{1,3}(?:\.\d+)?)["”″]\s?[–-]\s?(\d{1,3}(?:\.\d+)?)["”″](?!\w)/g;
const FEET_BY_FEET = /(?<![\w.])(\d+(?:\.\d+)?)['’′]\s?[x×]\s?(\d+(?:\.\d+)?)['’′]/g;
const INCHES_BY_INCHES = /(?<![\w.])(\d{1,3}(?:\.\d+)?)["”″]\s?[x×]\s?(\d{1,3}(?:\.\d+)?)["”″](?!\w)/g;
/** `5'-6'`. */
const FEET_RANGE = /(?<![\w.])(\d{1,3})['’′]\s?[–-]\s?(\d{1,3})['’′](?![\w"”″])/g;
/** `51°30′N`, `40° 26′ 46″ W`. */
const ARC =
  /(?<![\w.])(\d{1,3})\s?°\s?(\d{1,2}(?:\.\d+)?)\s?['’′](?:\s?(\d{1,2}(?:\.\d+)?)\s?["”″])?(?:\s?([NSEW])(?!\w))?/g;
const SIDES_OF_EARTH: Readonly<Record<string, string>> = { N: 'north', S: 'south', E: 'east', W: 'west' };
/** `kg/m²`, `mg/dL`: a compound unit without a number. */
const BARE_COMPOUND =
  /(?<![\p{L}\d/.²³]|\d\s)(kg|mg|µg|μg|g|km|cm|mm|m|mol|mmol|kWh|MB|GB|TB|kB|KB|L|mL)\s?\/\s?(m|s|km|cm|L|dL|mL|kg|h|hr|min|mol|day)(²|³)?(?![\p{L}\d/²³])/gu;
const FEET = /(?<![\w.])(\d+(?:\.\d+)?)[′](?!\w)/g;

/** "A 90° angle": the unit stands before its noun. */
const ANGLE_NOUN = /^\s(?:angle|turn|rotation|bend|view|video|corner|weather|heat|incline|slope|arc)\b/;

const RATED_NOUN =
  /^\s(?:battery|charger|adapter|bulb|motor|engine|drive|SSD|cable|pipe|dash|race|run|walk|hike|radius|limit|zone|bag|bottle|can|tank|file|fuse|circuit|outlet|resistor|display|screen|monitor|camera|signal|speaker|plan)\b/;

/** Whether the measure stands before its noun and takes the singular. */
function nounFollows(symbol: string, after: string): boolean {
  return (symbol === '°' ? ANGLE_NOUN : RATED_NOUN).test(after);
}

function withPower(unit: Unit, power: string | undefined): Unit {
  if (power === undefined) return unit;
  const word = power.endsWith('2') || power === '²' ? 'square' : 'cubic';
  return { one: `${word} ${unit.one}`, many: `${word} ${unit.many}` };
}

/** "per second squared": the power of a unit of time in a rate stands after it. */
function perWords(unit: Unit, power: string | undefined): string {
  if (power === undefined) return unit.one;
  const squared = power.endsWith('2') || power === '²';
  if (unit.one === 'second') return `second ${squared ? 'squared' : 'cubed'}`;
  return withPower(unit, power).one;
}

/** Rewrites measures: value, unit and what it is divided by. */
export const measures: Rewrite = (text, words: NumberWords) => {
  if (!/\d|hundred|thousand|illion|half|third|quarter|eighth|sixteenth|\p{L}\/\p{L}/u.test(text)) return text;
  const table = words.british ? TABLES.british : TABLES.american;
  // A straight quote that opens after a blank makes the others quotes too, not inches.
  const quoted = /(?:^|[\s(])"/.test(text);
  const find = (symbol: string): Unit | undefined =>
    table.get(symbol) ?? table.get(symbol.replace(/\.?\s?oz$/, '_oz'));
  let said = text;
  if (/[°'’′]|[+/]/.test(text)) {
    said = text
      .replace(
        ARC,
        (_, degrees: string, minutes: string, seconds: string | undefined, side: string | undefined) => {
          const parts = [count(words, degrees, 'degree'), count(words, minutes, 'minute')];
          if (seconds !== undefined) parts.push(count(words, seconds, 'second'));
          if (side !== undefined) parts.push(SIDES_OF_EARTH[side] ?? side);
          return parts.join(' ');
        },
      )
      .replace(
        FEET_RANGE,
        (_, from: string, to: string) => `${words.decimal(from)} to ${words.decimal(to)} feet`,
      )
      .replace(/(?<=^|[\s(])\+(?=\d[\d.,]*\s?[°℃℉])/g, 'plus ')
      .replace(BARE_COMPOUND, (whole: string, top: string, bottom: string, power?: string) => {
        const [unit, divisor] = [find(top), find(bottom)];
        if (unit === undefined) return whole;
        if (divisor === undefined) return `${unit.many} per ${bottom}`;
        return `${unit.many} per ${perWords(divisor, power)}`;
      });
  }
  return said
    .replace(HOURS_MINUTES, (_, hours: string, minutes: string) => `${hours} hr ${minutes} min`)
    .replace(MINUTES_SECONDS, (_, minutes: string, seconds: string) => `${minutes} min ${seconds} sec`)
    .replace(UNIT_BY_UNIT, ' by ')
    .replace(AFTER_POWER, (_, symbol: string, per?: string) => {
      const divisor = per === undefined ? undefined : find(per);
      return `${find(symbol)?.many ?? symbol}${divisor === undefined ? '' : ` per ${divisor.one}`}`;
    })
    .replace(SAME_UNIT_RANGE, (whole: string, number: string, symbol: string) =>
      symbol === 's' ? whole : `${number}–`,
    )
    .replace(
      FEET_INCHES,
      (_, feet: string, inches: string) => `${words.cardinal(feet)} foot ${words.cardinal(inches)}`,
    )
    .replace(SQUARE, (_, number: string, kind: string, symbol: string) => {
      const unit = find(symbol);
      const word = kind === 'sq' ? 'square' : 'cubic';
      return `${words.decimal(number)} ${word} ${unit === undefined ? symbol : number === '1' ? unit.one : unit.many}`;
    })
    .replace(
      MEASURE,
      (
        whole: string,
        sign: string,
        number: string,
        fraction: string | undefined,
        to: string | undefined,
        side: string | undefined,
        depth: string | undefined,
        gap: string,
        symbol: string,
        power: string | undefined,
        per: string | undefined,
        perPower: string | undefined,
        perWord: string | undefined,
        perToo: string | undefined,
        _after: string,
        at: number,
        all: string,
      ) => {
        const unit = find(symbol);
        if (
          unit === undefined ||
          (unit.tight === true && !loose(symbol, gap, whole, all.slice(at + whole.length), all.slice(0, at)))
        )
          return whole;
        if (/^[A-Z]$/.test(symbol) && gap === '' && NAMED_PLACE.test(all.slice(Math.max(0, at - 12), at)))
          return whole;
        if (symbol === 's' && gap === '' && isPlural(number, all.slice(0, at), all.slice(at + whole.length)))
          return whole;
        const named = withPower(unit, power);
        const single =
          gap === '-' ||
          standsAsAdjective(all.slice(0, at), all.slice(at + whole.length)) ||
          nounFollows(symbol, all.slice(at + whole.length)) ||
          (number === '1' && to === undefined && fraction === undefined);
        const divisor = per === undefined ? undefined : find(per);
        const divided =
          divisor === undefined ? hundredWords(words, perWord, find) : perWords(divisor, perPower);
        const rate = [divided, perToo === 'd' ? 'day' : (find(perToo ?? '')?.one ?? perToo)]
          .map((one) => (one === undefined ? '' : ` per ${one}`))
          .join('');
        const range = to === undefined ? '' : ` to ${words.decimal(to)}`;
        const by = [side, depth]
          .map((one) => (one === undefined ? '' : ` by ${words.decimal(one)}`))
          .join('');
        const lead = sign === '' ? '' : 'minus ';
        const part = fraction === undefined ? '' : ` and ${fraction.trim()}`;
        const stop = whole.endsWith('.') && keepsStop(all, at + whole.length) ? '.' : '';
        return `${lead}${words.decimal(number)}${part}${range}${by} ${single ? named.one : named.many}${rate}${stop}`;
      },
    )
    .replace(
      SCALED,
      (
        whole: string,
        amount: string,
        symbol: string,
        power: string | undefined,
        dot: string | undefined,
        at: number,
        all: string,
      ) => {
        const unit = find(symbol);
        const inches =
          symbol === 'in' && (dot !== undefined || AFTER_FEET.test(all.slice(Math.max(0, at - 40), at)));
        if (unit === undefined || (unit.tight === true && !inches)) return whole;
        const stop = dot !== undefined && keepsStop(all, at + whole.length) ? '.' : '';
        const part =
          /^(?:hal|thi|qua|eig|six)/.test(amount) &&
          !/\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\p{L}+(?:teen|ty)) and \S+ $/u.test(
            all.slice(Math.max(0, at - 24), at),
          );
        const named = withPower(unit, power);
        return `${amount} ${part ? named.one : named.many}${stop}`;
      },
    )
    .replace(
      INCHES_BY_INCHES,
      (_, a: string, b: string) => `${words.decimal(a)} by ${words.decimal(b)} inches`,
    )
    .replace(INCHES_RANGE, (whole: string, from: string, to: string) =>
      quoted ? whole : `${words.decimal(from)} to ${words.decimal(to)} inches`,
    )
    .replace(/(?<=\b(?:half|thirds?|quarters?|eighths?|sixteenths?))["”″](?!\w)/g, quoted ? '$&' : ' inch')
    .replace(
      FEET_BY_FEET,
      (_, a: string, b: string) => `${words.decimal(a)} foot by ${words.decimal(b)} foot`,
    )
    .replace(ATTRIBUTIVE_INCHES, (whole: string, number: string) =>
      quoted ? whole : `${words.decimal(number)} inch`,
    )
    .replace(INCHES, (whole: string, number: string) => (quoted ? whole : `${words.decimal(number)} inches`))
    .replace(/(?<![\w'’.])(\d{1,2})'(?=\s|$)/g, (whole: string, number: string, _at: number, all: string) =>
      /(?:^|\s)'/.test(all) ? whole : `${words.decimal(number)} feet`,
    )
    .replace(FEET, (_, number: string) => `${words.decimal(number)} feet`);
};

function count(words: NumberWords, number: string, name: string): string {
  return `${words.decimal(number)} ${name}${number === '1' ? '' : 's'}`;
}

/** "one hundred kilometers" for the `100 km` of `6.5 L/100 km`; other divisors are words already. */
function hundredWords(
  words: NumberWords,
  divisor: string | undefined,
  find: (symbol: string) => Unit | undefined,
): string | undefined {
  const symbol = /^100\s?(.+)$/.exec(divisor ?? '')?.[1];
  return symbol === undefined ? divisor : `${words.cardinal('100')} ${find(symbol)?.many ?? symbol}`;
}

/** A unit's dot that is also the sentence's: at the end, or before a capital. */
function keepsStop(all: string, at: number): boolean {
  return /^["'”’)]*\s*(?:$|\p{Lu})/u.test(all.slice(at));
}

/** Letters that may be units after a space: "12 in." with its dot, "300 K" in a row of degrees, "5 t of". */
function loose(symbol: string, gap: string, whole: string, after: string, before: string): boolean {
  if (gap === '') return symbol !== 'K';
  if (symbol === 'in') {
    return (
      /\.$|-in$/.test(whole) ||
      /^\s*(?:[;,)]|$)|^\s(?:wide|tall|long|deep|high|thick|by|x|×|square)\b/.test(after) ||
      /\d\s?(?:ft|feet|foot)\.?,?\s$/.test(before)
    );
  }
  if (symbol === 'K' || symbol === 't') return /^\s*(?:[.,;)]|$|of\b|and\b|at\b)/.test(after);
  return symbol === 'A' && /^\s*(?:[.,;)]|$|of\b|current\b|fuse\b|charger\b|circuit\b)/.test(after);
}

/** "A 5 km run", "an 8 oz steak": after the article the unit stands before a noun. */
function standsAsAdjective(before: string, after: string): boolean {
  return (
    /(?:^|\s)an?\s(?:\d+\s?(?:lbs?|ft|hr)\.?\s)?$/i.test(before) &&
    /^\s(?:\d+\s?(?:oz|in|min)\.?\s)?\p{L}/u.test(after)
  );
}

/** "1990s", "the 80s" and "the 2s" are plurals; "for 30s", "a 30s timeout" and "5s" are seconds. */
function isPlural(number: string, before: string, after: string): boolean {
  if (number.includes('.')) return false;
  if (number.length === 4) return true;
  if (COUNT_OF_DIGITS.test(before) && !TIMED.test(after)) return true;
  if (/\bthe\s(?:\d+s,?\s(?:and|or)\s)?$/i.test(before)) return !TIMED.test(after);
  if (!number.endsWith('0')) return false;
  return (
    !/(?:\b(?:for|takes?|took|after|every|wait|within|than|lasts?|lasted|an?)\s|[:≈~=<>]\s?)$/i.test(
      before,
    ) && !TIMED.test(after)
  );
}

/** "zeros and 1s", "three 5s". */
const COUNT_OF_DIGITS =
  /\b(?:(?:zeroe?s|ones) (?:and|or)|two|three|four|five|six|seven|eight|nine|ten|many|several)\s$/i;

/** What is measured in seconds. */
const TIMED =
  /^\s(?:timeout|delay|interval|window|video|clip|ad|timer|limit|pause|break|cooldown|countdown|sprint|recording|later|ago)\b/;
