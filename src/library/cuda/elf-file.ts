/**
 * Reads from a library file what the system's loader reads of it before anything in it runs: which libraries it needs and
 * where it wants them looked for. ELF, 64 bits, little-endian: what Linux on x64 and arm64 uses.
 */
import { open, type FileHandle } from 'node:fs/promises';

export interface ElfFacts {
  /** Name by which others need it; undefined where it has none. */
  readonly soname: string | undefined;
  /** Names of the libraries that it needs, in the loader's order. */
  readonly needed: readonly string[];
  /** `DT_RPATH`: folders for its own needs and those of what it brings in. */
  readonly rpath: readonly string[];
  /** `DT_RUNPATH`: folders for its own needs. */
  readonly runpath: readonly string[];
  /** Number of the processor's kind (62: x86-64, 183: AArch64). */
  readonly machine: number;
}

/** Bytes of a file by their place. Fewer than asked for only at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;
const DYNAMIC_ENTRY_BYTES = 16;

/** More than any real library has: a file that claims more is none. */
const MOST_PROGRAM_HEADERS = 1_000;
const MOST_DYNAMIC_BYTES = 1 << 20;
const LONGEST_NAME = 4_096;

/** Kinds of segments and tags of dynamic entries, by their names in the ELF specification. */
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const DT_NULL = 0;
const DT_NEEDED = 1;
const DT_STRTAB = 5;
const DT_SONAME = 14;
const DT_RPATH = 15;
const DT_RUNPATH = 29;

/** The file's facts; undefined for what is no such file, or cannot be read. */
export async function readElfFile(path: string): Promise<ElfFacts | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const handle = file;
    return await readElf(async (offset, length) => {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}

/** The same from bytes. */
export async function readElf(readAt: ReadAt): Promise<ElfFacts | undefined> {
  const header = await view(readAt, 0, HEADER_BYTES);
  if (header?.getUint32(0) !== 0x7f454c46 || header.getUint8(4) !== 2 || header.getUint8(5) !== 1)
    return undefined;
  const count = header.getUint16(56, true);
  if (header.getUint16(54, true) !== PROGRAM_HEADER_BYTES || count > MOST_PROGRAM_HEADERS) return undefined;
  const table = await view(readAt, number64(header, 32), count * PROGRAM_HEADER_BYTES);
  if (table === undefined) return undefined;
  const segments = Array.from({ length: count }, (_, index) => {
    const at = index * PROGRAM_HEADER_BYTES;
    return {
      type: table.getUint32(at, true),
      offset: number64(table, at + 8),
      address: number64(table, at + 16),
      bytes: number64(table, at + 32),
    };
  });
  const machine = header.getUint16(18, true);
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
  if (dynamic === undefined) return { soname: undefined, needed: [], rpath: [], runpath: [], machine };
  if (dynamic.bytes > MOST_DYNAMIC_BYTES) return undefined;
  const bytes = Math.floor(dynamic.bytes / DYNAMIC_ENTRY_BYTES) * DYNAMIC_ENTRY_BYTES;
  const entries = await view(readAt, dynamic.offset, bytes);
  if (entries === undefined) return undefined;
  const values = new Map<number, number[]>();
  for (let at = 0; at < bytes; at += DYNAMIC_ENTRY_BYTES) {
    const tag = number64(entries, at);
    if (tag === DT_NULL) break;
    values.set(tag, [...(values.get(tag) ?? []), number64(entries, at + 8)]);
  }
  // The table of names is given by its place in memory.
  const [address] = values.get(DT_STRTAB) ?? [];
  const holder = segments.find(
    (each) =>
      each.type === PT_LOAD &&
      address !== undefined &&
      address >= each.address &&
      address < each.address + each.bytes,
  );
  if (address === undefined || holder === undefined) return undefined;
  const names = holder.offset + address - holder.address;
  const namesOf = async (tag: number): Promise<string[]> => {
    const found: string[] = [];
    for (const offset of values.get(tag) ?? []) found.push(await nameAt(readAt, names + offset));
    return found;
  };
  const [soname] = await namesOf(DT_SONAME);
  return {
    soname,
    needed: await namesOf(DT_NEEDED),
    rpath: foldersIn(await namesOf(DT_RPATH)),
    runpath: foldersIn(await namesOf(DT_RUNPATH)),
    machine,
  };
}

function foldersIn(lists: readonly string[]): string[] {
  return lists.flatMap((list) => list.split(':')).filter((folder) => folder !== '');
}

async function nameAt(readAt: ReadAt, offset: number): Promise<string> {
  const bytes = Buffer.from(await readAt(offset, LONGEST_NAME));
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

async function view(readAt: ReadAt, offset: number, length: number): Promise<DataView | undefined> {
  if (!Number.isSafeInteger(offset) || offset < 0) return undefined;
  const bytes = await readAt(offset, length);
  return bytes.length === length ? new DataView(bytes.buffer, bytes.byteOffset, length) : undefined;
}

/** A 64-bit number; places in files and memory fit into a double, and what does not is no place in a file. */
function number64(bytes: DataView, at: number): number {
  return Number(bytes.getBigUint64(at, true));
}
