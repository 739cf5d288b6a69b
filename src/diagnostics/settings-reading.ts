/** Reads the settings file as the app does, but leaves a damaged one where it is: checks change nothing. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, settingsSchema, type Settings } from '../common/settings.ts';

/** Name of the file in the settings folder. */
export const SETTINGS_FILE = 'settings.json';

export interface SettingsReading {
  readonly state: 'whole' | 'missing' | 'damaged';
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
  const without = (state: 'missing' | 'damaged', problem: string): SettingsReading => ({
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
    return isMissing ? without('missing', '') : without('damaged', 'it cannot be read');
  }
  const parsed = settingsSchema.safeParse(parseJson(text));
  if (parsed.success) return { state: 'whole', path, settings: parsed.data, problem: '' };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  return without('damaged', where === '' ? 'it is no JSON object' : `${where} has no right value`);
}

/** Names of the files that the app set aside because they were damaged. */
export async function setAsideFiles(settingsFolder: string, name: string): Promise<string[]> {
  const names = await readdir(settingsFolder).catch(() => []);
  return names.filter((each) => each.startsWith(`${name}.damaged-`)).sort();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
