/** The two kinds of English that can be spoken, named as a voice's `language` names them. */
export type Dialect = 'en-US' | 'en-GB';

/** A Penn Treebank part-of-speech tag (`NN`, `VBD`, …), as the tagger gives it. */
export type Tag = string;

/** What is heard directly after a word: its choice of "the", "a", "to" and of strong or weak forms hangs on it. */
export type NextSound = 'vowel' | 'consonant' | 'pause';
