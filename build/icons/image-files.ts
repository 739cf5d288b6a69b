/** Writers of the three image formats in which systems want an icon. */
import { crc32, deflateSync } from 'node:zlib';

/** A picture as a PNG file, with its width in pixels. */
export interface SizedPng {
  readonly size: number;
  readonly png: Buffer;
}

/** A PNG (W3C Portable Network Graphics, RGBA, 8 bits each) of a square picture. */
export function encodePng(rgba: Buffer, size: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  // Each row begins with its filter's number, 0 for none.
  for (let row = 0; row < size; row++)
    rgba.copy(rows, row * (size * 4 + 1) + 1, row * size * 4, (row + 1) * size * 4);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** A Windows icon; its pictures are PNGs, which Windows reads since Vista. At most 256 pixels wide each. */
export function encodeIco(pictures: readonly SizedPng[]): Buffer {
  const directory = Buffer.alloc(6 + pictures.length * 16);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let offset = directory.length;
  for (const [i, { size, png }] of pictures.entries()) {
    const entry = 6 + i * 16;
    // 0 stands for 256.
    directory.set([size % 256, size % 256, 0, 0, 1, 0, 32, 0], entry);
    directory.writeUInt32LE(png.length, entry + 8);
    directory.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([directory, ...pictures.map(({ png }) => png)]);
}

/** Apple's names for PNG pictures by their width (Icon Services, since OS X 10.7). */
const ICNS_TYPES: Readonly<Record<number, string>> = {
  16: 'icp4',
  32: 'icp5',
  64: 'icp6',
  128: 'ic07',
  256: 'ic08',
  512: 'ic09',
  1024: 'ic10',
};

/** A macOS icon. Widths that Apple has no name for are left out. */
export function encodeIcns(pictures: readonly SizedPng[]): Buffer {
  const parts = pictures.flatMap(({ size, png }) => {
    const type = ICNS_TYPES[size];
    return type === undefined ? [] : [icnsPart(type, png)];
  });
  return icnsPart('icns', Buffer.concat(parts));
}

function icnsPart(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(data.length + 8, 4);
  return Buffer.concat([head, data]);
}
