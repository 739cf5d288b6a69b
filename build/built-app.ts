/** The built app in `out/`, made anew when the sources are not those that it was built from. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fail } from '../src/common/result.ts';
import { withLock } from '../src/library/install-lock.ts';
import { ROOT, runProgram, tell } from './script.ts';

const OUT = join(ROOT, 'out');
const STAMP = join(OUT, '.sources');
/** What the build depends on besides `src`. */
export const INPUTS = [
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'build/icons/icon-art.ts',
  'build/icons/image-files.ts',
  'build/icons/shapes.ts',
] as const;

/** The built command line program. */
export const CLI_PROGRAM = join(OUT, 'main', 'cli.js');

/** Builds unless the last build was made from exactly these sources. */
export async function ensureBuilt(): Promise<void> {
  if (isCurrent()) return;
  await inTurn(async () => {
    if (isCurrent()) return;
    tell('Building Aloud');
    await build();
  });
}

/** Builds in any case. */
export async function buildAnew(): Promise<void> {
  await inTurn(build);
}

async function inTurn(work: () => Promise<void>): Promise<void> {
  await mkdir(OUT, { recursive: true });
  await withLock(join(OUT, '.building'), {}, work);
}

async function build(): Promise<void> {
  // Taken first: sources that change during the build must not count as built.
  const sources = sourcesHash(ROOT);
  await rm(STAMP, { force: true });
  const program = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const code = await runProgram(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    streams: 'to-stderr',
  });
  if (code !== 0)
    fail('internal', 'system', {
      message: 'The build failed.',
      hint: 'The reason stands in the lines above.',
    });
  await writeFile(STAMP, sources);
}

function isCurrent(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourcesHash(ROOT);
}

/** A hash over the names and contents of everything under `root` that the build reads. Tests do not count. */
export function sourcesHash(root: string): string {
  const hash = createHash('sha256');
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).includes('testing'))
    .sort();
  for (const path of [...INPUTS, ...sources]) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
