/**
 * The loader's own list of the system's libraries, `/etc/ld.so.cache` (format "glibc-ld.so.cache1.1", glibc
 * `sysdeps/generic/dl-cache.h`): a head of 48 bytes, entries of 24, and the names behind them.
 */
import { readFile } from 'node:fs/promises';

const MAGIC = 'glibc-ld.so.cache1.1';
const HEAD_BYTES = 48;
const ENTRY_BYTES = 24;

/** Path of each library by its name, the first where there are several; empty for what is no such file. */
export function parseLoaderCache(file: Uint8Array): ReadonlyMap<string, string> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const paths = new Map<string, string>();
  // An older list may stand before it, for older loaders. Places of names count from this one's beginning.
  const begin = bytes.indexOf(MAGIC);
  if (begin < 0 || bytes.length < begin + HEAD_BYTES) return paths;
  const own = bytes.subarray(begin);
  const count = own.readUInt32LE(MAGIC.length);
  for (let index = 0; index < count; index++) {
    const at = HEAD_BYTES + index * ENTRY_BYTES;
    if (at + ENTRY_BYTES > own.length) break;
    const name = textAt(own, own.readUInt32LE(at + 4));
    const path = textAt(own, own.readUInt32LE(at + 8));
    if (name !== '' && path !== '' && !paths.has(name)) paths.set(name, path);
  }
  return paths;
}

/** The list of this system; empty where there is none. */
export async function readLoaderCache(path = '/etc/ld.so.cache'): Promise<ReadonlyMap<string, string>> {
  return parseLoaderCache(await readFile(path).catch(() => new Uint8Array()));
}

function textAt(bytes: Buffer, from: number): string {
  const end = from < bytes.length ? bytes.indexOf(0, from) : -1;
  return end < 0 ? '' : bytes.toString('utf8', from, end);
}
