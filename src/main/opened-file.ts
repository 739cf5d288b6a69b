/** Voice files that the system hands over among a start's words: someone opened one with Aloud. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isVoiceFileName } from '../common/voice-file.ts';

/** The first voice file among a start's words, absolute; undefined when there is none. `folder` is where the start was made. */
export function openedVoiceFile(words: readonly string[], folder: string): string | undefined {
  const word = words.find((each) => !each.startsWith('-') && isVoiceFileName(each));
  if (word === undefined) return undefined;
  // Desktops hand a file over as a path or as an address.
  if (/^file:/i.test(word)) return URL.canParse(word) ? pathOf(word) : undefined;
  return /^[a-z][a-z\d+.-]+:\/\//i.test(word) ? undefined : resolve(folder, word);
}

function pathOf(address: string): string | undefined {
  try {
    return fileURLToPath(address);
  } catch {
    // A file of another computer has no path here.
    return undefined;
  }
}
