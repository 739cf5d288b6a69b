/** Chinese, Japanese, Hindi and Arabic. */
import { abbreviationTable, languageTables, wordSet } from './language.ts';

export const CHINESE = languageTables({ abbreviations: abbreviationTable({}) });

export const JAPANESE = languageTables({
  abbreviations: abbreviationTable({ label: 'no' }),
  // Particles after which a line of text is only wrapped.
  functionWords: wordSet('の は が を に へ と で も や'),
});

export const HINDI = languageTables({
  abbreviations: abbreviationTable({ title: 'डॉ डा श्री प्रो पं कु', inner: 'रु मि', label: 'सं' }),
  functionWords: wordSet('और या का की के को से में पर'),
});

export const ARABIC = languageTables({
  abbreviations: abbreviationTable({ title: 'د أ م أ.د', inner: 'ر ص ق.م', label: 'ص' }),
  functionWords: wordSet('و أو في من إلى على عن مع'),
  splitsAtColon: true,
});
