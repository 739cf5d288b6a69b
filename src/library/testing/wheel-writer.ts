/** Writes wheels for tests: zip files whose members are stored as they are. */
import { writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

export async function writeWheel(path: string, members: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const facts = entryFacts(name, content);
    const file = Buffer.concat([signed(0x04034b50), facts, Buffer.from(name), content]);
    // The directory adds: made by, comment length, disk, two kinds of attributes, and where the file lies.
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signed(0x02014b50), Buffer.from([20, 0]), facts, tail, Buffer.from(name)]));
    files.push(file);
    offset += file.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  await writeFile(path, Buffer.concat([...files, index, signed(0x06054b50), end]));
}

/** The 26 bytes that a file's own header and its entry in the directory share. */
function entryFacts(name: string, content: Uint8Array): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(content.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(Buffer.byteLength(name), 22);
  return facts;
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
