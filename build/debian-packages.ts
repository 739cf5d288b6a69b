/**
 * The Debian and Ubuntu packages that Aloud needs besides what npm brings. Missing ones are installed where that needs
 * no password; else the exact line to run is told. Other systems are left alone.
 */
import { spawnSync } from 'node:child_process';
import { fail } from '../src/common/result.ts';
import { isRoot, outputOf, runProgram, tell } from './script.ts';

/** `app`: to run Electron. `test`: to run it without a display and to record what it plays. */
export type Purpose = 'app' | 'test';

/** Each entry's names are one package under its names in different releases, the newer first. */
const PACKAGES: readonly { readonly purpose: Purpose; readonly names: readonly string[] }[] = [
  { purpose: 'app', names: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { purpose: 'app', names: ['libnss3'] },
  { purpose: 'app', names: ['libasound2t64', 'libasound2'] },
  { purpose: 'app', names: ['libgbm1'] },
  { purpose: 'app', names: ['libxss1'] },
  { purpose: 'app', names: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'] },
  { purpose: 'app', names: ['libdrm2'] },
  { purpose: 'test', names: ['xvfb'] },
  { purpose: 'test', names: ['pulseaudio'] },
  { purpose: 'test', names: ['pulseaudio-utils'] },
  { purpose: 'test', names: ['xdotool'] },
];

/** Makes sure of the packages for these purposes. Throws with the line to run when they cannot be installed here. */
export async function ensureDebianPackages(purposes: readonly Purpose[]): Promise<void> {
  if (!isDebian()) return;
  const wanted = PACKAGES.filter(({ purpose }) => purposes.includes(purpose));
  const installed = installedAmong(wanted.flatMap(({ names }) => names));
  const missing = wanted.filter(({ names }) => !names.some((name) => installed.has(name)));
  if (missing.length > 0) await installPackages(missing.map(({ names }) => names));
}

/** Whether packages are managed by dpkg here. */
export function isDebian(): boolean {
  return process.platform === 'linux' && outputOf('dpkg-query', ['--version']) !== undefined;
}

/** Installs packages, each given by its possible names. Throws with the line to run when that needs a password. */
export async function installPackages(packages: readonly (readonly string[])[]): Promise<void> {
  const prefix = isRoot() ? [] : ['sudo', '-n'];
  if (!isRoot() && outputOf('sudo', ['-n', 'true']) === undefined) failWithLine(packages, 'are missing');
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  tell(`Installing Debian packages: ${packages.map((names) => names.at(-1)).join(' ')}`);
  await runAll([...prefix, ...environment, 'apt-get', 'update', '-qq']);
  const names = packages.map(availableName);
  const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names];
  if ((await runAll([...prefix, ...environment, ...install])) !== 0)
    failWithLine(packages, 'could not be installed');
}

async function runAll([command = '', ...args]: readonly string[]): Promise<number> {
  return runProgram(command, args, { streams: 'to-stderr' });
}

function installedAmong(names: readonly string[]): ReadonlySet<string> {
  // Its exit code is 1 when one name is unknown; what it prints about the others still holds.
  const format = ['-W', '-f', '${db:Status-Status} ${Package}\n'];
  const { stdout } = spawnSync('dpkg-query', [...format, ...names], { encoding: 'utf8' });
  const found = stdout.split('\n').filter((line) => line.startsWith('installed '));
  return new Set(found.map((line) => line.slice('installed '.length)));
}

/** The first name that this release really has; virtual names have no candidate version. */
function availableName(names: readonly string[]): string {
  const real = names.find((name) => /Candidate: \d/.test(outputOf('apt-cache', ['policy', name]) ?? ''));
  return real ?? names.at(-1) ?? '';
}

function failWithLine(packages: readonly (readonly string[])[], problem: string): never {
  const names = packages.map(availableName).join(' ');
  return fail('internal', 'system', {
    message: `Debian packages ${problem}.`,
    hint: `Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}`,
  });
}
