/** Reads the settings file as the app does, but leaves a damaged one where it is: checks change nothing. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings as parseSettings } from '../common/settings-file.ts';
import { DEFAULT_SETTINGS, type Settings } from '../common/settings.ts';
import { FINDINGS } from '../common/strings/findings.ts';

/** Name of the file in the settings folder. */
export const SETTINGS_FILE = 'settings.json';

export interface SettingsReading {
  /** `newer`: written by a version of Aloud that this one does not know. */
  readonly state: 'whole' | 'missing' | 'damaged' | 'newer';
  /** Absolute. */
  readonly path: string;
  /** What holds: the defaults unless the file is whole. */
  readonly settings: Settings;
  /** What is wrong with it, a part of a sentence; '' when nothing is. */
  readonly problem: string;
}

/** Never throws. */
export async function readSettings(settingsFolder: string): Promise<SettingsReading> {
  const path = join(settingsFolder, SETTINGS_FILE);
  const without = (state: Exclude<SettingsReading['state'], 'whole'>, problem: string): SettingsReading => ({
    state,
    path,
    settings: DEFAULT_SETTINGS,
    problem,
  });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    return isMissing ? without('missing', '') : without('damaged', FINDINGS.settings.unreadable);
  }
  const read = parseSettings(text);
  switch (read.is) {
    case 'settings':
      return { state: 'whole', path, settings: read.settings, problem: '' };
    case 'newer':
      return without('newer', FINDINGS.settings.version(read.version));
    case 'wrong':
      return without('damaged', read.reason);
  }
}

/** Names of the files that the app set aside because they were damaged, or of a version that it did not know. */
export async function setAsideFiles(settingsFolder: string, name: string): Promise<string[]> {
  const names = await readdir(settingsFolder).catch(() => []);
  return names
    .filter(
      (each) =>
        each.startsWith(`${name}.`) && /^\.(?:damaged|version-\d+)-\d+$/.test(each.slice(name.length)),
    )
    .sort();
}
