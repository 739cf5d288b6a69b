/**
 * Codes of references on disk, so that a voice is encoded once. Each entry is a small file named by a hash of everything
 * that its codes depend on; the oldest go when there are too many. A cache only: what cannot be read is made again, and a
 * folder that cannot be written to costs time and nothing else.
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from './delay-pattern.ts';

/** Entries that are kept. A reference of 30 s has 750 frames of 8 codes: 12 kB; all together stay below 3 MB. */
export const MOST_ENTRIES = 200;

const ENDING = '.codes';

export interface CodeCache {
  /** The entry of a key (letters and digits), or undefined when there is none that can be used. */
  get(key: string): Promise<Frame[] | undefined>;
  put(key: string, frames: readonly Frame[]): Promise<void>;
}

/** The shape of the codes: an entry of another shape is not used. */
export interface CodeShape {
  readonly codebooks: number;
  /** All codes are below it. */
  readonly bos: number;
}

/** Opens the cache in a folder, which is made when it is first written to. */
export function openCodeCache(folder: string, { codebooks, bos }: CodeShape): CodeCache {
  return {
    async get(key) {
      const path = join(folder, key + ENDING);
      const bytes = await readFile(path).catch(() => undefined);
      if (bytes === undefined || bytes.length === 0 || bytes.length % (2 * codebooks) !== 0) return undefined;
      const frames = Array.from({ length: bytes.length / (2 * codebooks) }, (_, frame) =>
        Array.from({ length: codebooks }, (_, row) => bytes.readUInt16LE(2 * (frame * codebooks + row))),
      );
      if (frames.flat().some((code) => code >= bos)) return undefined;
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined);
      return frames;
    },
    async put(key, frames) {
      const bytes = Buffer.alloc(2 * codebooks * frames.length);
      for (const [at, code] of frames.flat().entries()) bytes.writeUInt16LE(code, 2 * at);
      const part = join(folder, `${key}.${process.pid}.part`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(part, bytes);
        await rename(part, join(folder, key + ENDING));
        await prune(folder);
      } catch {
        await rm(part, { force: true }).catch(() => undefined);
      }
    },
  };
}

/** Removes what was not used for the longest time. */
async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ENDING));
  if (names.length <= MOST_ENTRIES) return;
  const aged = await Promise.all(
    names.map(async (name) => ({ name, usedAt: (await stat(join(folder, name))).mtimeMs })),
  );
  aged.sort((a, b) => a.usedAt - b.usedAt);
  for (const { name } of aged.slice(0, names.length - MOST_ENTRIES))
    await rm(join(folder, name), { force: true });
}
