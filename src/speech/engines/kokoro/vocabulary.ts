/** Kokoro's phoneme alphabet: which characters the model knows and which token each of them is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';

/** Characters of the alphabet that are no sounds: punctuation, space, stress, length and tone marks. */
const MARKS = new Set(';:,.!?—…"()“” ̃ˈˌːʰʲ↓→↗↘');

const vocabularySchema = z.object({ vocab: z.record(z.string().length(1), z.int().positive()) });

export interface Vocabulary {
  /** The phonemes without the characters that the model does not know. */
  known(phonemes: string): string;
  /** Tokens of phonemes that are all known, one a character. */
  tokens(phonemes: string): number[];
}

/** Whether phonemes hold a sound: punctuation, spaces and stress marks alone have nothing to be said. */
export function isSpeakable(phonemes: string): boolean {
  return Array.from(phonemes).some((character) => !MARKS.has(character));
}

/** Builds a vocabulary of characters and their tokens. */
export function createVocabulary(tokenOf: ReadonlyMap<string, number>): Vocabulary {
  const tokensOf = (phonemes: string): (number | undefined)[] =>
    Array.from(phonemes).map((character) => tokenOf.get(character));
  return {
    known: (phonemes) =>
      Array.from(phonemes)
        .filter((character) => tokenOf.has(character))
        .join(''),
    tokens: (phonemes) => tokensOf(phonemes).filter((token) => token !== undefined),
  };
}

/** Reads `kokoro-82m/vocab.json` in the program's data folder. Throws `AppFailure` with `file-unreadable`. */
export async function loadVocabulary(dataFolder: string): Promise<Vocabulary> {
  const path = join(dataFolder, 'kokoro-82m', 'vocab.json');
  try {
    const { vocab } = vocabularySchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return createVocabulary(new Map(Object.entries(vocab)));
  } catch (cause) {
    return fail('file-unreadable', 'speech', FAILURES.program.phonemesUnreadable(path), { cause });
  }
}
