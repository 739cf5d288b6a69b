/** Where tests find the real models and the program's data, without the library room (which this room may not import). */
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { VoiceSource } from '../../common/voice.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The program's data tables. */
export const DATA_FOLDER = join(ROOT, 'models');

/**
 * Folder of an installed model: in `ALOUD_MODELS_DIR`, else under the person's data folder, as the library has it.
 * Missing is a failure: a test that needs the model must not pass without it.
 */
export function installedModel(id: string): string {
  const candidates = [process.env['ALOUD_MODELS_DIR'] ?? '', join(dataFolder(), 'models')]
    .filter((folder) => folder !== '')
    .map((folder) => resolve(folder, id));
  const found = candidates.find((folder) => existsSync(folder));
  if (found === undefined)
    throw new Error(
      `The model ${id} is not installed in ${candidates.join(' or ')}: run "npm test", which installs it.`,
    );
  return found;
}

/** Where what is made from an installed model is kept: beside it, or in the data folder where that is read-only. */
export function preparedFolder(id: string): string {
  const folder = installedModel(id);
  const writable = (statSync(folder).mode & 0o222) !== 0;
  return writable ? folder : join(dataFolder(), 'prepared', id);
}

/** A voice that ships. */
export function shippedVoice(id: string): Extract<VoiceSource, { kind: 'style' }> {
  const language = id.startsWith('b') ? 'en-GB' : 'en-US';
  return { kind: 'style', id, path: join(ROOT, 'voices', `${id}.bin`), language };
}

function dataFolder(): string {
  const home = homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Aloud');
  if (process.platform === 'win32')
    return join(process.env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Aloud');
  return join(process.env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'aloud');
}
