/**
 * A real disk of a few hundred kilobytes that tests fill up or make read-only: a tmpfs of the test's own. It can be mounted only
 * on Linux and as root, which is who runs the tests of a release; root passes by permissions, so no other way does this harm.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TinyDisk {
  /** Where it is mounted. */
  readonly folder: string;
  /** Writes until nothing more goes in. */
  fill(): void;
  /** Takes back what {@link TinyDisk.fill} wrote. */
  makeRoom(): void;
  /** Gives it another size. */
  grow(kilobytes: number): void;
  /** From now on every write is refused. Fails while a file on it is open for writing. */
  makeReadOnly(): void;
  makeWritable(): void;
  close(): void;
}

/** Mounts a disk. `kilobytes`: its size. */
export function mountTinyDisk(kilobytes: number): TinyDisk {
  const folder = mkdtempSync(join(tmpdir(), 'aloud-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'pipe' });
  const filler = join(folder, '.filler');
  const remount = (how: string): void => {
    execFileSync('mount', ['-o', `remount,${how}`, folder], { stdio: 'pipe' });
  };
  return {
    folder,
    fill: () => fillFile(filler),
    makeRoom: () => rmSync(filler, { force: true }),
    grow: (larger) => remount(`size=${larger}k`),
    makeReadOnly: () => remount('ro'),
    makeWritable: () => remount('rw'),
    close: () => {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
      rmSync(folder, { recursive: true });
    },
  };
}

/** Whether this machine lets the test mount one. */
export function canMountTinyDisk(): boolean {
  try {
    mountTinyDisk(64).close();
    return true;
  } catch {
    return false;
  }
}

function fillFile(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (const size of [65_536, 4_096, 1]) writeUntilFull(file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
}

function writeUntilFull(file: number, block: Buffer): void {
  try {
    while (writeSync(file, block) > 0);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC')) throw thrown;
  }
}
