/** Makes a library file with a head, two segments and a dynamic table, and no code: what the loader reads first. */

export interface ElfMaking {
  readonly soname?: string;
  readonly needed?: readonly string[];
  readonly rpath?: string;
  readonly runpath?: string;
  /** 62 (x86-64) when left out. */
  readonly machine?: number;
  /** Text behind the tables, with a zero byte on either side. */
  readonly text?: string;
}

const HEADERS = 64 + 2 * 56;

/** Where the file's bytes lie in memory, so that places in both differ as in a real one. */
const ADDRESS = 0x10_000;

/** The file's bytes. */
export function makeElf({ soname, needed = [], rpath, runpath, machine = 62, text = '' }: ElfMaking): Buffer {
  const names = Buffer.from(
    ['', ...needed, soname ?? '', rpath ?? '', runpath ?? ''].map((name) => `${name}\0`).join(''),
  );
  const place = (name: string): number => names.indexOf(`\0${name}\0`) + 1;
  const entries = [
    ...needed.map((name) => [1, place(name)]),
    ...(soname === undefined ? [] : [[14, place(soname)]]),
    ...(rpath === undefined ? [] : [[15, place(rpath)]]),
    ...(runpath === undefined ? [] : [[29, place(runpath)]]),
  ];
  const tableAt = HEADERS;
  const namesAt = tableAt + (entries.length + 2) * 16;
  const size = namesAt + names.length;
  const file = Buffer.alloc(size);
  const number64 = (value: number, at: number): number => file.writeBigUInt64LE(BigInt(value), at);
  file.write('\x7fELF\x02\x01\x01', 'latin1');
  file.writeUInt16LE(3, 16);
  file.writeUInt16LE(machine, 18);
  number64(64, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(2, 56);
  const segment = (at: number, type: number, offset: number, bytes: number): void => {
    file.writeUInt32LE(type, at);
    number64(offset, at + 8);
    number64(ADDRESS + offset, at + 16);
    number64(bytes, at + 32);
  };
  segment(64, 1, 0, size);
  segment(120, 2, tableAt, (entries.length + 2) * 16);
  [[5, ADDRESS + namesAt], ...entries, [0, 0]].forEach(([tag = 0, value = 0], index) => {
    number64(tag, tableAt + index * 16);
    number64(value, tableAt + index * 16 + 8);
  });
  names.copy(file, namesAt);
  return Buffer.concat([file, Buffer.from(`\0${text}\0`)]);
}
