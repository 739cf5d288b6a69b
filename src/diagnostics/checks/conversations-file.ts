/**
 * Whether the file of conversations is an SQLite file. Main holds it open and locked while the app runs, so only its first
 * bytes are read: they change with no write.
 */
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, fine, note, type Check } from '../check.ts';
import { setAsideFiles } from '../settings-reading.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

const CONVERSATIONS_FILE = 'conversations.db';

/** How each SQLite 3 file begins (https://www.sqlite.org/fileformat.html, section 1.3). */
const MAGIC = 'SQLite format 3\0';

export const conversationsFileCheck: Check = {
  id: 'conversations file',
  title: FINDINGS.conversations.title,
  async run({ settingsFolder }) {
    const path = join(settingsFolder, CONVERSATIONS_FILE);
    const facts = await stat(path).catch(() => undefined);
    if (facts === undefined) return fine(FINDINGS.conversations.none(path));
    const bytes = facts.size;
    // Until the log is first written into the file it may be empty.
    if (bytes > 0 && (await beginningOf(path)) !== MAGIC)
      return failed(FINDINGS.conversations.damaged(path), FINDINGS.files.startAloud, { bytes });
    const aside = await setAsideFiles(settingsFolder, CONVERSATIONS_FILE);
    if (aside.length > 0)
      return note(
        FINDINGS.conversations.readable(aside.join(', '), settingsFolder),
        FINDINGS.files.deleteKept,
        { bytes, aside },
      );
    return fine(`${path}, ${Math.ceil(bytes / 1e3)} kB.`, { bytes });
  },
};

async function beginningOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(MAGIC.length), position: 0 });
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
