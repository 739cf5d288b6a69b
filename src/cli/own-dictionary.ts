/** The person's own dictionary for a command: read once, what will not do in it said on stderr. */
import type { DictionaryEntry } from '../common/dictionary.ts';
import { errorLine } from '../common/result.ts';
import { dictionaryPath, readDictionary } from '../library/dictionary.ts';
import { surroundings } from '../library/paths.ts';
import { PersonalDictionary } from '../text/personal-dictionary.ts';

/** The entries of the dictionary file. */
export async function ownEntries(): Promise<readonly DictionaryEntry[]> {
  const { entries, problem } = await readDictionary(dictionaryPath(surroundings()));
  if (problem !== undefined) process.stderr.write(`${errorLine(problem)}\n`);
  return entries;
}

/** The dictionary, ready to be applied. */
export async function ownDictionary(): Promise<PersonalDictionary> {
  const dictionary = new PersonalDictionary();
  dictionary.set(await ownEntries());
  return dictionary;
}
