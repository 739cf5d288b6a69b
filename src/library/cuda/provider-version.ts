/**
 * Whether a library file is of a certain version of ONNX Runtime. The runtime does not ask: it loads a CUDA provider of any
 * version and calls it by places in tables that only one version has (1.29's was seen to load into 1.30). Every provider
 * holds its version as text.
 */
import { createReadStream } from 'node:fs';

/** Whether the file holds `version` as a text of its own, a zero byte on either side. False for one that cannot be read. */
export async function isOfVersion(path: string, version: string): Promise<boolean> {
  const wanted = Buffer.from(`\0${version}\0`);
  let before = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      if (!(piece instanceof Uint8Array)) continue;
      const bytes = Buffer.concat([before, piece]);
      if (bytes.includes(wanted)) return true;
      before = bytes.subarray(Math.max(0, bytes.length - wanted.length + 1));
    }
  } catch {
    return false;
  }
  return false;
}
