/** Room where Aloud writes. */
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cacheFolder, folderAccess, modelFolders } from '../../library/paths.ts';
import { failed, fine, note, type Check } from '../check.ts';

/** With less, settings and conversations may not be kept, bytes. */
const LEAST = 100e6;

/** With less, no further model can be installed, bytes. */
const LITTLE = 1e9;

export const diskSpaceCheck: Check = {
  id: 'disk space',
  title: 'Disk',
  async run({ settingsFolder, around }) {
    const { install } = modelFolders(around);
    const wanted = [
      { what: 'settings and conversations', folder: settingsFolder },
      { what: 'models', folder: install },
      { what: 'what can be made again', folder: cacheFolder(around) },
    ];
    const places = await Promise.all(
      wanted.map(async ({ what, folder }) => {
        const there = await nearestFolder(folder);
        const { bavail, bsize } = await statfs(there);
        return { what, folder, freeBytes: bavail * bsize, writable: folderAccess(there) === 'writable' };
      }),
    );
    const lines = places.map(
      ({ what, folder, freeBytes }) => `${(freeBytes / 1e9).toFixed(1)} GB free for ${what} (${folder})`,
    );
    const detail = `${lines.join('; ')}.`;
    const locked = places.filter(({ writable }) => !writable);
    if (locked.length > 0)
      return failed(
        `${detail} Cannot be written: ${locked.map(({ folder }) => folder).join(', ')}.`,
        'Give yourself leave to write there.',
        places,
      );
    const least = Math.min(...places.map(({ freeBytes }) => freeBytes));
    if (least < LEAST)
      return failed(detail, 'Make room: settings and conversations may not be kept.', places);
    if (least < LITTLE) return note(detail, 'Make room before you install a model.', places);
    return fine(detail, places);
  },
};

/** The folder, or the nearest above it that exists: it is made when it is needed. */
async function nearestFolder(folder: string): Promise<string> {
  const facts = await stat(folder).catch(() => undefined);
  const above = dirname(folder);
  return facts?.isDirectory() === true || above === folder ? folder : nearestFolder(above);
}
