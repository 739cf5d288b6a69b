/** Where tests find the built-in model's file, without the library room (which this room may not import). */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const FILE = join('smollm2-135m-instruct', 'SmolLM2-135M-Instruct.Q4_1.gguf');

/**
 * Path of the installed GGUF file: in `ALOUD_MODELS_DIR`, else in the person's data folder on Linux, where tests run.
 * Throws, and so fails the test, when it is in neither.
 */
export function builtInModelFile(): string {
  const { ALOUD_MODELS_DIR, XDG_DATA_HOME } = process.env;
  const dataFolder = join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'aloud');
  const found = [ALOUD_MODELS_DIR ?? '', join(dataFolder, 'models')]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, FILE))
    .find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    'The built-in language model is not installed: run the tests by `npm test`, which installs it.',
  );
}
