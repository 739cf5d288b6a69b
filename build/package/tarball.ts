/** The tar.gz: the program's folder, to be unpacked anywhere and run without installing. */
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../src/common/result.ts';
import { runProgram } from '../script.ts';
import { debArchitecture, programVersion } from './facts.ts';

/** Packs `unpacked` and returns the archive's path. The archive holds one folder, `aloud-<version>`. */
export async function tarball(unpacked: string, output: string): Promise<string> {
  const version = programVersion();
  const archive = join(output, `aloud-${version}-linux-${debArchitecture()}.tar.gz`);
  const top = `aloud-${version}`;
  const named = join(dirname(unpacked), top);
  await rename(unpacked, named);
  // Owner and order are fixed, so that the same program gives the same archive.
  const order = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner'];
  const code = await runProgram('tar', ['-czf', archive, ...order, '-C', dirname(unpacked), top], {
    streams: 'to-stderr',
  });
  await rename(named, unpacked);
  if (code !== 0)
    fail('file-unwritable', 'system', {
      message: 'The tar.gz could not be written.',
      hint: 'Check the free space of the disk.',
    });
  return archive;
}
