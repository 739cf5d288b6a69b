/**
 * English words to phonemes in misaki's alphabet, as the Kokoro voices were trained on it.
 *
 * `loadG2p(dataFolder, dialect)` opens the tables of `models/g2p-en/`; `phonemize` then never fails: any string gives
 * phonemes, in which every character is a token of the voice model. Nothing here is or uses eSpeak.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

import { fail } from '../../common/result.ts';
import type { Pronounced } from '../../common/sentence.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { type Dialect, type NextSound } from './dialect.ts';
import { type Group, groupUnits } from './groups.ts';
import { type Homographs, openHomographs } from './homographs.ts';
import { openLexicon } from './lexicon.ts';
import { readPronounced } from './own-pronunciations.ts';
import { readPhrases } from './phrases.ts';
import { firstSound } from './sounds.ts';
import { openSpellingNetwork } from './spelling-network.ts';
import { openTagger, type Tagger } from './tagger.ts';
import { cutUnits } from './units.ts';
import { createUnknownWords } from './unknown-words.ts';
import { readWordGroup, type GroupReaders } from './word-groups.ts';
import { createWordReader } from './words.ts';

export type { Dialect } from './dialect.ts';

/** A word or mark of the text and where it is said. All offsets are UTF-16 code units, `end` exclusive. */
export interface PhonemizedToken {
  readonly kind: 'word' | 'mark';
  /** Place in the spoken text. */
  readonly start: number;
  readonly end: number;
  /** Place in `phonemes`; empty for what is not said. */
  readonly phonemeStart: number;
  readonly phonemeEnd: number;
}

/** A text's phonemes. */
export interface PhonemizedText {
  /** Sounds, stress marks, punctuation and single spaces; every character is one token of the voice model. */
  readonly phonemes: string;
  /** The text's words and marks in order; neither their places in the text nor those in the phonemes overlap. */
  readonly tokens: readonly PhonemizedToken[];
}

/** A loaded dialect. */
export interface G2p {
  readonly dialect: Dialect;
  /**
   * Phonemes of a sentence or a few. Any string is allowed; what cannot be said is left out.
   * @param pronounced words of `spoken` that have phonemes already.
   */
  phonemize(spoken: string, pronounced?: readonly Pronounced[]): PhonemizedText;
}

const unpack = promisify(brotliDecompress);

/**
 * Opens a dialect's tables.
 * @param dataFolder absolute path of the program's `models/` folder.
 * @throws AppFailure `model-missing` or `model-damaged`.
 */
export async function loadG2p(dataFolder: string, dialect: Dialect): Promise<G2p> {
  const folder = join(dataFolder, 'g2p-en');
  const [lexiconBytes, taggerBytes, homographBytes, namesBytes, networkBytes] = await Promise.all([
    readPacked(join(folder, dialect === 'en-GB' ? 'en-gb.lexicon.br' : 'en-us.lexicon.br')),
    readPacked(join(folder, 'tagger.br')),
    readPacked(join(folder, 'homographs.br')),
    readPacked(join(folder, 'en-us.names.br')),
    readData(join(folder, 'en-us.network')),
  ]);
  const reader = createWordReader(openLexicon(lexiconBytes), dialect);
  const unknown = createUnknownWords(
    { reader, names: openLexicon(namesBytes), network: openSpellingNetwork(networkBytes) },
    dialect,
  );
  const tagger = openTagger(taggerBytes);
  const homographs = openHomographs(homographBytes, dialect);
  const tables = { dialect, tagger, homographs, reader, unknown };
  return { dialect, phonemize: (spoken, pronounced = []) => phonemize(spoken, pronounced, tables) };
}

async function readData(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    return fail('model-missing', 'speech', FAILURES.g2p.unreadable(path), { cause });
  }
}

async function readPacked(path: string): Promise<Buffer> {
  const packed = await readData(path);
  try {
    return await unpack(packed);
  } catch (cause) {
    return fail('model-damaged', 'speech', FAILURES.g2p.damaged(path), { cause });
  }
}

interface Tables extends GroupReaders {
  readonly dialect: Dialect;
  readonly tagger: Tagger;
  readonly homographs: Homographs;
}

function phonemize(spoken: string, pronounced: readonly Pronounced[], tables: Tables): PhonemizedText {
  const units = cutUnits(calm(spoken));
  const tags = tables.tagger.tag(units);
  const phrases = readPhrases(units, tags, tables.dialect);
  const chosen = tables.homographs.choose(units, tags).map((said, i) => phrases[i] ?? said);
  const groups = groupUnits(units, tags, chosen);
  const own = (group: Group): string | undefined =>
    pronounced.length === 0
      ? undefined
      : readPronounced(spoken, group, pronounced, tables.dialect, (part) =>
          part === '' ? '' : phonemize(part, [], tables).phonemes,
        );
  return assemble(groups, sayGroups(spoken, groups, tables, own));
}

/** A shouted text in lower case, so that its small words are not taken for initialisms ("GIVE IT TO US NOW"). */
function calm(text: string): string {
  const shouted = !/\p{Ll}/u.test(text) && (text.match(/[A-Z]{2,}/g)?.length ?? 0) >= SHOUTED_WORDS;
  return shouted ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text;
}

/** Fewer words in capitals than this are taken as they are: "NASA", "FBI files". */
const SHOUTED_WORDS = 3;

/** Phonemes of each group. Read from the end, because a word may hang on the sound that follows it. */
function sayGroups(
  spoken: string,
  groups: readonly Group[],
  readers: GroupReaders,
  own: (group: Group) => string | undefined,
): string[] {
  const said: string[] = [];
  let next: NextSound = 'pause';
  let beforeTo = false;
  for (let i = groups.length - 1; i >= 0; i -= 1) {
    const group = groups[i];
    if (group === undefined) continue;
    let phonemes =
      group.kind === 'mark'
        ? group.phonemes
        : (own(group) ?? readWordGroup(group.pieces, { next, beforeTo }, readers));
    next = firstSound(phonemes, next);
    const text = spoken.slice(group.start, group.end);
    beforeTo = /^(?:to|To|TO)$/.test(text);
    // "in the U.S." ends the sentence with the abbreviation's own stop.
    if (i === groups.length - 1 && group.kind === 'word' && text.endsWith('.') && phonemes !== '')
      phonemes += '.';
    said[i] = phonemes;
  }
  return said;
}

function assemble(groups: readonly Group[], said: readonly string[]): PhonemizedText {
  let phonemes = '';
  let spaceDue = false;
  const tokens = groups.map((group, i): PhonemizedToken => {
    const text = toVoiceAlphabet(said[i] ?? '');
    if (text !== '' && spaceDue && phonemes !== '') phonemes += ' ';
    if (text !== '') spaceDue = false;
    const phonemeStart = phonemes.length;
    phonemes += text;
    spaceDue ||= group.spaceAfter;
    return {
      kind: group.kind,
      start: group.start,
      end: group.end,
      phonemeStart,
      phonemeEnd: phonemes.length,
    };
  });
  return { phonemes, tokens };
}

/** The voices write the flap and the glottal stop of American speech as `T` and `t`. */
function toVoiceAlphabet(phonemes: string): string {
  return phonemes.replaceAll('ɾ', 'T').replaceAll('ʔ', 't');
}
