/**
 * What electron-builder is told: the same for every platform, less what only one of them has. Targets that need tools
 * from GitHub are here too; whether they can be had is `dist.ts`'s affair.
 */
import type { Configuration } from 'electron-builder';
import { basename, join } from 'node:path';
import { VOICE_FILE_ENDING, VOICE_FILE_TYPE } from '../../src/common/voice-file.ts';
import { RECORD_FILE } from '../../src/library/install-record.ts';
import type { InstalledModel } from '../../src/library/model-store.ts';
import { SPEECH_MODEL } from '../models.ts';
import { ROOT } from '../script.ts';

/** What differs from run to run. */
export interface PackageInput {
  /** Folder with an unpacked Electron; undefined lets electron-builder download its own. */
  readonly electronFolder: string | undefined;
  readonly electronVersion: string;
  readonly iconFolder: string;
  /** File with the notices of others' licences. */
  readonly notices: string;
  /** The models that ship inside, by their catalog ids. */
  readonly models: ReadonlyMap<string, InstalledModel>;
  /** Absolute folder of everything that is made. */
  readonly output: string;
}

/** Name of the program's own executable; `aloud` is the command, which decides between window and command line. */
export const EXECUTABLE = 'aloud-app';

/** Files inside the program's archive. Only this platform's native libraries: the others are 240 MB of 290. */
const FILES = [
  'package.json',
  'out/{main,preload,renderer}/**',
  '!out/**/*.map',
  '!**/node_modules/**/*.{map,md,markdown,ts,mts,cts,flow,tsbuildinfo}',
  '!**/node_modules/**/{test,tests,__tests__,docs,examples}/**',
  '!**/node_modules/openai/src/**',
  '!**/node_modules/onnxruntime-node/bin/**',
  '**/node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}/**',
  '!**/node_modules/@node-llama-cpp/**',
  '**/node_modules/@node-llama-cpp/${os}-${arch}{,-metal}/**',
  // The sources of llama.cpp and the templates of its command line.
  '!**/node_modules/node-llama-cpp/{llama,templates,bins}/**',
  '**/node_modules/node-llama-cpp/llama/*.json',
];

/** The configuration of one run. */
export function builderConfig(input: PackageInput): Configuration {
  return {
    appId: 'io.github.aloud.Aloud',
    productName: 'Aloud',
    copyright: 'Licensed under Apache-2.0',
    directories: { output: input.output, buildResources: input.iconFolder },
    electronVersion: input.electronVersion,
    ...(input.electronFolder === undefined ? {} : { electronDist: input.electronFolder }),
    electronLanguages: ['en-US'],
    artifactName: 'aloud-${version}-${os}-${arch}.${ext}',
    // The native modules are prebuilt for Node-API, which is the same in every Electron.
    npmRebuild: false,
    asar: true,
    asarUnpack: ['**/*.{node,so,so.*,dll,dylib,metal}', '**/node_modules/@node-llama-cpp/**'],
    files: [...FILES],
    extraResources: resources(input),
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    },
    protocols: [{ name: 'Aloud', schemes: ['aloud'] }],
    fileAssociations: [
      {
        ext: VOICE_FILE_ENDING.slice(1),
        name: 'Aloud voice',
        description: 'Voice of Aloud',
        mimeType: VOICE_FILE_TYPE,
        role: 'Viewer',
      },
    ],
    publish: releasesOf(process.env['ALOUD_RELEASES']),
    linux: {
      executableName: EXECUTABLE,
      category: 'AudioVideo',
      synopsis: 'A voice assistant that speaks while it writes',
      icon: input.iconFolder,
      maintainer: 'The Aloud authors <aloud@localhost>',
      extraFiles: [{ from: join(ROOT, 'build', 'package', 'linux', 'aloud'), to: 'bin/aloud' }],
    },
    win: { icon: join(input.iconFolder, 'icon.ico'), target: ['nsis'] },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      license: join(ROOT, 'LICENSE'),
    },
    mac: {
      icon: join(input.iconFolder, 'icon.icns'),
      category: 'public.app-category.productivity',
      // ONNX Runtime 1.30 has no library for Intel Macs, so there can be no universal program.
      target: [{ target: 'dmg', arch: ['arm64'] }],
      hardenedRuntime: true,
      entitlements: join(ROOT, 'build', 'package', 'mac', 'entitlements.plist'),
      entitlementsInherit: join(ROOT, 'build', 'package', 'mac', 'entitlements.plist'),
      // Signing and notarising happen where their keys are in the environment.
      notarize: process.env['APPLE_API_KEY'] !== undefined,
    },
  };
}

/** The program's data beside its archive: tables, voices and the models that ship. */
function resources({ models, notices }: PackageInput): NonNullable<Configuration['extraResources']> {
  // Not the whole folder: what the program makes of a model here, and what it learnt of this person's voices, lies there too.
  const shipped = [...models].map(([id, { folder, files }]) => ({
    from: folder,
    to: `models/${id}`,
    filter: [RECORD_FILE, ...files.map((file) => basename(file))],
  }));
  return [
    { from: join(ROOT, 'models'), to: 'models' },
    { from: join(ROOT, 'voices'), to: 'voices' },
    { from: join(ROOT, 'LICENSE'), to: 'LICENSE' },
    { from: notices, to: 'THIRD-PARTY-NOTICES.txt' },
    ...shipped,
  ];
}

/**
 * Where electron-updater will look for new versions: the releases of `owner/repository`. Without one the program has
 * nowhere to ask.
 */
function releasesOf(name: string | undefined): Configuration['publish'] {
  const [owner, repo] = name?.split('/') ?? [];
  return owner && repo ? { provider: 'github', owner, repo, releaseType: 'draft' } : null;
}

/** Catalog ids of the models inside every package. */
export const SHIPPED_MODELS = [SPEECH_MODEL] as const;
