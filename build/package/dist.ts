/**
 * `npm run dist`: makes the packages of this platform in `dist/`. Linux: tar.gz and deb, both from one folder by the
 * system's own tools, and an AppImage where electron-builder's tools can be downloaded. Windows: an NSIS installer. macOS: a
 * disk image. What could not be made is said with its reason; with `--strict` that is a failure.
 *
 * `--with-language-model` puts the built-in language model in as well.
 */
import { Arch, build, Platform } from 'electron-builder';
import { readdirSync, statSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from '../../src/common/result.ts';
import { openModelStore, type InstalledModel } from '../../src/library/model-store.ts';
import { ensureBuilt } from '../built-app.ts';
import { ensureElectron } from '../electron-runtime/runtime.ts';
import { writeIcons } from '../icons/icon-files.ts';
import { notices } from '../licences/notices.ts';
import { shippedPackages } from '../licences/packages.ts';
import { ensureModels, LANGUAGE_MODEL } from '../models.ts';
import { outputOf, ROOT, runScript, tell } from '../script.ts';
import { builderConfig, SHIPPED_MODELS, type PackageInput } from './builder-config.ts';
import { debFile } from './deb.ts';
import { tarball } from './tarball.ts';

const OUTPUT = join(ROOT, 'dist');

await runScript(async (args) => {
  const unknown = args.filter((word) => !['--strict', '--with-language-model'].includes(word));
  if (unknown.length > 0)
    fail('request-invalid', 'system', { message: `Unknown words: ${unknown.join(' ')}.` });
  const models = [...SHIPPED_MODELS, ...(args.includes('--with-language-model') ? [LANGUAGE_MODEL] : [])];
  const input = await prepare(models);
  const missing = process.platform === 'linux' ? await linuxPackages(input) : await ownPackages(input);
  for (const name of readdirSync(OUTPUT).filter((each) => /\.(tar\.gz|deb|AppImage|exe|dmg)$/.test(each)))
    tell(`${name}: ${(statSync(join(OUTPUT, name)).size / 1e6).toFixed(1)} MB`);
  for (const { target, reason } of missing) tell(`${target} was not made: ${reason}`);
  return missing.length > 0 && args.includes('--strict') ? 1 : 0;
});

/** A package that could not be made here. */
interface Missing {
  readonly target: string;
  readonly reason: string;
}

async function prepare(modelIds: readonly string[]): Promise<PackageInput> {
  await ensureModels(modelIds);
  await ensureBuilt();
  await rm(OUTPUT, { recursive: true, force: true });
  await mkdir(OUTPUT);
  const iconFolder = join(OUTPUT, 'icons');
  writeIcons(iconFolder);
  const noticesFile = join(OUTPUT, 'THIRD-PARTY-NOTICES.txt');
  await writeFile(noticesFile, notices(shippedPackages(ROOT)));
  const store = await openModelStore(join(ROOT, 'models'));
  const models = new Map<string, InstalledModel>();
  for (const id of modelIds) models.set(id, await store.verifyModel(id));
  const executable = await ensureElectron();
  return {
    electronFolder: await bareElectron(executable),
    electronVersion: versionOf(executable),
    iconFolder,
    notices: noticesFile,
    models,
    output: OUTPUT,
  };
}

/** The runtime without any app in it. On macOS electron-builder takes its own download. */
async function bareElectron(executable: string): Promise<string | undefined> {
  if (process.platform === 'darwin') return undefined;
  const folder = join(OUTPUT, 'electron');
  await cp(dirname(executable), folder, { recursive: true, verbatimSymlinks: true });
  await rm(join(folder, 'resources', 'app'), { recursive: true, force: true });
  return folder;
}

/** Electron itself says `v33.2.1`; its own package has the number in a file. */
function versionOf(executable: string): string {
  const version = /v?(\d+\.\d+\.\d+)/.exec(outputOf(executable, ['--version', '--no-sandbox']) ?? '')?.[1];
  return version ?? fail('internal', 'system', { message: `${executable} does not tell its version.` });
}

async function linuxPackages(input: PackageInput): Promise<Missing[]> {
  const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64;
  await build({
    config: builderConfig(input),
    targets: Platform.LINUX.createTarget('dir', arch),
    publish: 'never',
  });
  const unpacked = join(OUTPUT, arch === Arch.arm64 ? 'linux-arm64-unpacked' : 'linux-unpacked');
  await rm(join(OUTPUT, 'electron'), { recursive: true, force: true });
  await tarball(unpacked, OUTPUT);
  const missing: Missing[] = [];
  if (outputOf('dpkg-deb', ['--version']) === undefined)
    missing.push({ target: 'The deb', reason: 'the program dpkg-deb is not there.' });
  else await debFile({ ...input, unpacked });
  try {
    await build({
      config: builderConfig({ ...input, electronFolder: undefined }),
      prepackaged: unpacked,
      targets: Platform.LINUX.createTarget('AppImage', arch),
      publish: 'never',
    });
  } catch (thrown) {
    missing.push({ target: 'The AppImage', reason: firstLine(thrown) });
  }
  return missing;
}

async function ownPackages(input: PackageInput): Promise<Missing[]> {
  const platform = process.platform === 'darwin' ? Platform.MAC : Platform.WINDOWS;
  const target = process.platform === 'darwin' ? 'dmg' : 'nsis';
  const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64;
  await build({
    config: builderConfig(input),
    targets: platform.createTarget(target, arch),
    publish: 'never',
  });
  if (input.electronFolder !== undefined) await rm(input.electronFolder, { recursive: true, force: true });
  const made = readdirSync(OUTPUT).some((name) => name.endsWith(target === 'dmg' ? '.dmg' : '.exe'));
  return made ? [] : [{ target: basename(target), reason: 'electron-builder left no file.' }];
}

function firstLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split('\n')[0]?.trim() ?? '';
}
