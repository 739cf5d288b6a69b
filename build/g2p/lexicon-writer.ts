/**
 * Writes the dictionary file that `src/speech/g2p/lexicon.ts` reads.
 *
 * Layout, little-endian: `ALX1`; u8 number of phoneme symbols; each symbol as u16 (UTF-16 code unit; its code is its
 * place, from 1); u32 number of entries; u32 number of blocks; u32 offset of each block from the file's start; entries.
 * Keys are ASCII in byte order. Entry: u8 length of the prefix shared with the key before (0 at a block's start), u8
 * length of the rest, the rest, u8 length of the value (bit 7: from the less checked list), the value. Value: symbol
 * codes; where the pronunciation depends on the use, 0x80 + the number of the use precedes the codes of each.
 */
import { BLOCK_SIZE, LEXICON_MAGIC, USES, type Entry, type Use } from '../../src/speech/g2p/lexicon.ts';

/** The bytes of a dictionary file. Throws on a key that is not ASCII and on an entry too long for the layout. */
export function writeLexicon(entries: ReadonlyMap<string, Entry>): Buffer {
  const keys = [...entries.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const symbols = collectSymbols(entries.values());
  const codes = new Map(symbols.map((symbol, i) => [symbol, i + 1]));
  const blockCount = Math.ceil(keys.length / BLOCK_SIZE);
  const head = Buffer.alloc(5 + 2 * symbols.length + 8 + 4 * blockCount);
  head.write(LEXICON_MAGIC, 0, 'latin1');
  head.writeUInt8(symbols.length, 4);
  symbols.forEach((symbol, i) => head.writeUInt16LE(symbol.charCodeAt(0), 5 + 2 * i));
  const counts = 5 + 2 * symbols.length;
  head.writeUInt32LE(keys.length, counts);
  head.writeUInt32LE(blockCount, counts + 4);

  const body: number[] = [];
  let before = '';
  keys.forEach((key, i) => {
    if (i % BLOCK_SIZE === 0) {
      head.writeUInt32LE(head.length + body.length, counts + 8 + 4 * (i / BLOCK_SIZE));
      before = '';
    }
    const entry = entries.get(key);
    if (entry === undefined) throw new Error(`No entry for ${key}`);
    const prefix = sharedPrefix(before, key);
    const value = encodeValue(entry, codes);
    if (value.length > 127 || key.length > 255) throw new Error(`Entry too long: ${key}`);
    body.push(prefix, key.length - prefix);
    for (const character of key.slice(prefix)) body.push(asciiCode(character, key));
    body.push(value.length | (entry.checked ? 0 : 0x80), ...value);
    before = key;
  });
  return Buffer.concat([head, Buffer.from(body)]);
}

function collectSymbols(entries: Iterable<Entry>): string[] {
  const symbols = new Set<string>();
  for (const { pronunciation } of entries) {
    for (const text of typeof pronunciation === 'string' ? [pronunciation] : pronunciation.values()) {
      for (const symbol of text) symbols.add(symbol);
    }
  }
  return [...symbols].sort();
}

function encodeValue({ pronunciation }: Entry, codes: ReadonlyMap<string, number>): number[] {
  const encode = (text: string): number[] =>
    Array.from(text).map((symbol) => {
      const code = codes.get(symbol);
      if (code === undefined) throw new Error(`Unknown symbol ${symbol}`);
      return code;
    });
  if (typeof pronunciation === 'string') return encode(pronunciation);
  return [...pronunciation].flatMap(([use, text]) => [0x80 | useNumber(use), ...encode(text)]);
}

function useNumber(use: Use): number {
  return USES.indexOf(use);
}

function asciiCode(character: string, key: string): number {
  const code = character.charCodeAt(0);
  if (code > 127) throw new Error(`Key is not ASCII: ${key}`);
  return code;
}

function sharedPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}
