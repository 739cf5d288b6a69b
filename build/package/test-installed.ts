/**
 * `npm run test:installed`: installs the deb of `dist/` in a clean Debian, made by debootstrap in a folder, and checks the
 * installed program there with its network cut off. Needs root, debootstrap and a Debian mirror.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../src/common/result.ts';
import { ensureDebianPackages, installPackages } from '../debian-packages.ts';
import { isRoot, outputOf, ROOT, runProgram, runScript, tell } from '../script.ts';

const SUITE = 'bookworm';

await runScript(async () => {
  if (!isRoot()) fail('request-invalid', 'system', { message: 'A clean Debian can be made only by root.' });
  const deb = readdirSync(join(ROOT, 'dist')).find((name) => name.endsWith('.deb'));
  if (deb === undefined)
    fail('file-unreadable', 'system', { message: 'There is no deb in dist.', hint: 'Run: npm run dist' });
  await ensureDebianPackages(['test']);
  const root = process.env['ALOUD_INSTALLED_ROOT'] ?? join(tmpdir(), 'aloud-clean-debian');
  await cleanDebian(root);
  const script = join(import.meta.dirname, 'linux', 'check-in-root.sh');
  const command = ['--mount', '--propagation', 'private', 'sh', script, root, join(ROOT, 'dist', deb)];
  return runProgram('unshare', command, { streams: 'inherit' });
});

/** A Debian with nothing in it but what every Debian has, and a person. Made once; the program is taken out after each run. */
async function cleanDebian(root: string): Promise<void> {
  if (existsSync(join(root, 'home', 'person'))) return;
  if (outputOf('debootstrap', ['--version']) === undefined) await installPackages([['debootstrap']]);
  tell(`Making a clean Debian in ${root}`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const made = await runProgram('debootstrap', ['--variant=minbase', SUITE, root], { streams: 'to-stderr' });
  if (made !== 0) fail('download-failed', 'system', { message: 'debootstrap could not make a Debian.' });
  const person = ['useradd', '--create-home', '--uid', '1000', 'person'];
  if ((await runProgram('chroot', [root, ...person], { streams: 'to-stderr' })) !== 0)
    fail('internal', 'system', { message: 'The clean Debian could not be given a person.' });
}
