/** Reads float arrays and the one text array from a NumPy .npz file: a zip of .npy members, stored or deflated. */
import { inflateRawSync } from 'node:zlib';

/** One array of the file. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Values of a float32 array, empty for a text. */
  readonly floats: Float32Array;
  /** A text array of one element (`<U…`), else ''. */
  readonly text: string;
}

/** Every array by name. Throws on a type other than `<f4` and `<U`. */
export function readNpz(zip: Buffer): Map<string, NpyArray> {
  const arrays = new Map<string, NpyArray>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength).replace(/\.npy$/, '');
    arrays.set(name, readNpy(readMember(zip, at)));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return arrays;
}

/** @param entry offset of the member's entry in the zip's central directory. */
function readMember(zip: Buffer, entry: number): Buffer {
  const method = zip.readUInt16LE(entry + 10);
  const packedLength = zip.readUInt32LE(entry + 20);
  const local = zip.readUInt32LE(entry + 42);
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(from, from + packedLength);
  return method === 0 ? packed : inflateRawSync(packed);
}

function readNpy(npy: Buffer): NpyArray {
  const major = npy.readUInt8(6);
  const headLength = major === 1 ? npy.readUInt16LE(8) : npy.readUInt32LE(8);
  const from = (major === 1 ? 10 : 12) + headLength;
  const head = npy.toString('latin1', major === 1 ? 10 : 12, from);
  const type = /'descr': '([^']+)'/.exec(head)?.[1] ?? '';
  const shape = (/'shape': \(([^)]*)\)/.exec(head)?.[1] ?? '')
    .split(',')
    .filter((s) => s.trim() !== '')
    .map(Number);
  if (type.startsWith('<U')) {
    let text = '';
    for (let at = from; at + 4 <= npy.length; at += 4) text += String.fromCodePoint(npy.readUInt32LE(at));
    return { shape, floats: new Float32Array(), text: text.replace(/\0+$/, '') };
  }
  if (type !== '<f4' || head.includes("'fortran_order': True"))
    throw new Error(`Unexpected array type ${type}`);
  const floats = new Float32Array((npy.length - from) / 4);
  for (let i = 0; i < floats.length; i += 1) floats[i] = npy.readFloatLE(from + 4 * i);
  return { shape, floats, text: '' };
}
