/** The ONNX Runtime that this program has: its version, and its own library. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

export interface RuntimeFiles {
  readonly version: string;
  /** Absolute path of `libonnxruntime.so.1`, outside any archive. */
  readonly library: string;
}

/** Name of the runtime's library on Linux. */
export const RUNTIME_LIBRARY = 'libonnxruntime.so.1';

/** Finds the runtime of Linux on x64 without loading it. */
export function runtimeFiles(): RuntimeFiles {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('onnxruntime-node')), '..');
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
  const library = join(folder, 'bin', 'napi-v6', 'linux', 'x64', RUNTIME_LIBRARY);
  // In an installed program the loader finds it beside the archive in which the package seems to lie.
  return { version, library: library.replace('app.asar/', 'app.asar.unpacked/') };
}
