/**
 * The Debian package, built by `dpkg-deb` from the unpacked program: electron-builder would download fpm for it. It needs no
 * scripts: icons, the desktop entry and the type of voice files are taken up by the triggers of the packages that own their folders.
 */
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fail } from '../../src/common/result.ts';
import { LINUX_ICON_SIZES } from '../icons/icon-files.ts';
import { ROOT, runProgram } from '../script.ts';
import { debArchitecture, programVersion } from './facts.ts';

const LINUX_FILES = join(ROOT, 'build', 'package', 'linux');

/** The libraries that Electron is linked against, under their names before and after Debian's change of time_t. */
const DEPENDS = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnss3',
  'libasound2t64 | libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0t64 | libatk-bridge2.0-0',
  'libdrm2',
  'libpulse0',
  'libstdc++6',
];

export interface DebInput {
  /** The program's folder. */
  readonly unpacked: string;
  readonly iconFolder: string;
  /** File with the notices of others' licences. */
  readonly notices: string;
  /** Where the package is written. */
  readonly output: string;
}

/** Builds the package and returns its path. */
export async function debFile(input: DebInput): Promise<string> {
  const root = join(input.output, 'deb-root');
  await rm(root, { recursive: true, force: true });
  await layOut(root, input);
  await writeControl(root);
  const file = join(input.output, `aloud_${programVersion()}_${debArchitecture()}.deb`);
  const code = await runProgram('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', '-z1', root, file], {
    streams: 'to-stderr',
  });
  await rm(root, { recursive: true, force: true });
  if (code !== 0)
    fail('file-unwritable', 'system', {
      message: 'The Debian package could not be written.',
      hint: 'Check the free space of the disk.',
    });
  return file;
}

async function layOut(root: string, { unpacked, iconFolder, notices }: DebInput): Promise<void> {
  const place = async (...path: string[]): Promise<string> => {
    const folder = join(root, ...path);
    await mkdir(folder, { recursive: true });
    return folder;
  };
  const program = join(await place('opt'), 'aloud');
  await cp(unpacked, program, { recursive: true, verbatimSymlinks: true });
  // Chromium's sandbox where user namespaces are refused to unknown programs, as on Ubuntu 24.04.
  await chmod(join(program, 'chrome-sandbox'), 0o4755);
  await symlink('/opt/aloud/bin/aloud', join(await place('usr', 'bin'), 'aloud'));
  const share = ['usr', 'share'];
  await copyFile(
    join(LINUX_FILES, 'aloud.desktop'),
    join(await place(...share, 'applications'), 'aloud.desktop'),
  );
  await copyFile(
    join(LINUX_FILES, 'aloud.xml'),
    join(await place(...share, 'mime', 'packages'), 'aloud.xml'),
  );
  for (const size of LINUX_ICON_SIZES) {
    const folder = await place(...share, 'icons', 'hicolor', `${size}x${size}`, 'apps');
    await copyFile(join(iconFolder, `${size}x${size}.png`), join(folder, 'aloud.png'));
  }
  const docs = await place(...share, 'doc', 'aloud');
  await copyFile(notices, join(docs, 'copyright'));
  await writeFile(join(docs, 'changelog.gz'), gzipSync(await readFile(join(ROOT, 'CHANGELOG.md'))));
}

async function writeControl(root: string): Promise<void> {
  const fields = [
    'Package: aloud',
    `Version: ${programVersion()}`,
    `Architecture: ${debArchitecture()}`,
    'Section: sound',
    'Priority: optional',
    'Maintainer: The Aloud authors <aloud@localhost>',
    `Installed-Size: ${Math.ceil((await folderBytes(root)) / 1024)}`,
    `Depends: ${DEPENDS.join(', ')}`,
    'Recommends: pipewire-pulse | pulseaudio',
    'Description: voice assistant that speaks while it writes',
    ' Type a prompt and hear the answer of a language model spoken while it is',
    ' still being written. The voice model and nine voices are part of the package',
    ' and work without a network.',
  ];
  const folder = join(root, 'DEBIAN');
  await mkdir(folder);
  await writeFile(join(folder, 'control'), `${fields.join('\n')}\n`);
}

async function folderBytes(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) sum += (await stat(join(entry.parentPath, entry.name))).size;
  return sum;
}
