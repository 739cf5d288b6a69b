import { describe, expect, it } from 'vitest';
import { DEFAULT_SPEAKABLE_OPTIONS } from '../../options.ts';
import { createNormaliser } from '../normaliser.ts';

const ROWS: readonly (readonly [lang: string, written: string, spoken: string])[] = [
  [
    'de',
    'Am 12. Juni 1984 war es 22,1 °C warm.',
    'Am zwölften Juni neunzehnhundertvierundachtzig war es zweiundzwanzig Komma eins Grad Celsius warm.',
  ],
  ['de', 'Das kostet 3,50 € oder 20 %.', 'Das kostet drei Euro fünfzig oder zwanzig Prozent.'],
  [
    'de',
    'Um 14:30 kamen 1.234 Leute.',
    'Um vierzehn Uhr dreißig kamen eintausendzweihundertvierunddreißig Leute.',
  ],
  ['de', 'Siehe https://www.example.com/a.', 'Siehe example Punkt com.'],
  [
    'fr',
    'Il y a 1 234 567 habitants, soit 50 %.',
    'Il y a un million deux cent trente-quatre mille cinq cent soixante-sept habitants, soit cinquante pour cent.',
  ],
  ['fr', 'Le nombre 3,14 à 14:30', 'Le nombre trois virgule quatorze à quatorze heures trente'],
  ['es', 'Cuesta $5.50 y hay 1.000 personas.', 'Cuesta cinco dólares cincuenta y hay mil personas.'],
  ['pt', 'São 25 anos.', 'São vinte e cinco anos.'],
  ['it', 'Sono 21 e 10³', 'Sono ventuno e dieci elevato a tre'],
  [
    'nl',
    'Er waren 3,5 miljoen in 1984.',
    'Er waren drie komma vijf miljoen in negentienhonderd vierentachtig.',
  ],
  ['pl', 'Mam 21 lat i -5 stopni.', 'Mam dwadzieścia jeden lat i minus pięć stopni.'],
  ['ru', 'Это 5 км и 20%.', 'Это пять км и двадцать процентов.'],
  ['tr', 'Bu 3,5 ve 50% oldu.', 'Bu üç virgül beş ve yüzde elli oldu.'],
  ['zh', '我有3个苹果，2024年，价格是50%。', '我有三个苹果，二零二四年，价格是百分之五十。'],
  ['ja', '2024年3月、100円です。', '二千二十四年三月、百円です。'],
  ['hi', 'मेरे पास १२३ रुपये हैं।', 'मेरे पास एक सौ तेईस रुपये हैं।'],
  ['ar', 'عندي ١٢٣ كتاب.', 'عندي مائة وثلاثة وعشرون كتاب.'],
  ['sv', 'Det finns 5 hundar.', 'Det finns five hundar.'],
];

describe('numbers and signs of other languages', () => {
  it.each(ROWS)('%s: %s', (lang, written, spoken) => {
    expect(createNormaliser({ ...DEFAULT_SPEAKABLE_OPTIONS, lang })(written)).toBe(spoken);
  });
});
