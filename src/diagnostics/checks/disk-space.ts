/** Room where Aloud writes. */
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cacheFolder, folderAccess, modelFolders } from '../../library/paths.ts';
import { failed, fine, note, type Check } from '../check.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

/** With less, settings and conversations may not be kept, bytes. */
const LEAST = 100e6;

/** With less, no further model can be installed, bytes. */
const LITTLE = 1e9;

export const diskSpaceCheck: Check = {
  id: 'disk space',
  title: FINDINGS.disk.title,
  async run({ settingsFolder, around }) {
    const { install } = modelFolders(around);
    const wanted = [
      { what: FINDINGS.disk.settings, folder: settingsFolder },
      { what: 'models', folder: install },
      { what: FINDINGS.disk.makable, folder: cacheFolder(around) },
    ];
    const places = await Promise.all(
      wanted.map(async ({ what, folder }) => {
        const there = await nearestFolder(folder);
        const { bavail, bsize } = await statfs(there);
        return { what, folder, freeBytes: bavail * bsize, writable: folderAccess(there) === 'writable' };
      }),
    );
    const lines = places.map(({ what, folder, freeBytes }) =>
      FINDINGS.disk.free((freeBytes / 1e9).toFixed(1), what, folder),
    );
    const detail = `${lines.join('; ')}.`;
    const locked = places.filter(({ writable }) => !writable);
    if (locked.length > 0)
      return failed(
        FINDINGS.disk.locked(detail, locked.map(({ folder }) => folder).join(', ')),
        FINDINGS.disk.leave,
        places,
      );
    const least = Math.min(...places.map(({ freeBytes }) => freeBytes));
    if (least < LEAST) return failed(detail, FINDINGS.disk.roomForSettings, places);
    if (least < LITTLE) return note(detail, FINDINGS.disk.roomForModels, places);
    return fine(detail, places);
  },
};

/** The folder, or the nearest above it that exists: it is made when it is needed. */
async function nearestFolder(folder: string): Promise<string> {
  const facts = await stat(folder).catch(() => undefined);
  const above = dirname(folder);
  return facts?.isDirectory() === true || above === folder ? folder : nearestFolder(above);
}
