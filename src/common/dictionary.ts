/** The person's own dictionary: how words of theirs are said, whatever the voice. */

/** One word's entry. A `word` without capitals stands for every capitalisation, any other only for itself. */
export type DictionaryEntry =
  /** Said as these other words are. */
  | { readonly kind: 'respelling'; readonly word: string; readonly words: string }
  /** Said with these phonemes: IPA, of {@link DICTIONARY_PHONEMES}. */
  | { readonly kind: 'phonemes'; readonly word: string; readonly phonemes: string };

/** The signs that phonemes in a dictionary may be written with: IPA as for English, misaki's short signs, stress, blanks. */
export const DICTIONARY_PHONEMES =
  'abcdefghijklmnopqrstuvwxyzæɑɐɒβɔɕçɖðəɚɛɜɝɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʊʋʌɣɤχʎʒʔʤʧʦʣʥʨᵻᵊAIOQSTWYˈˌː ';
