import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cacheFolder,
  catalogFile,
  dataFolder,
  folderAccess,
  modelFolders,
  preparedFolder,
  ownVoicesFolder,
  type Surroundings,
} from './paths.ts';

function on(platform: NodeJS.Platform, env: Surroundings['env'] = {}): Surroundings {
  return { platform, env, home: '/home/ada' };
}

describe('the data and cache folders', () => {
  it('are the platform’s own', () => {
    expect(dataFolder(on('linux'))).toBe('/home/ada/.local/share/aloud');
    expect(dataFolder(on('darwin'))).toBe('/home/ada/Library/Application Support/Aloud');
    expect(dataFolder(on('win32'))).toBe('/home/ada/AppData/Local/Aloud');
    expect(cacheFolder(on('linux'))).toBe('/home/ada/.cache/aloud');
    expect(cacheFolder(on('darwin'))).toBe('/home/ada/Library/Caches/Aloud');
    expect(cacheFolder(on('win32'))).toBe('/home/ada/AppData/Local/Aloud/Cache');
  });

  it('follow the variables that name them', () => {
    expect(dataFolder(on('linux', { XDG_DATA_HOME: '/data' }))).toBe('/data/aloud');
    expect(cacheFolder(on('linux', { XDG_CACHE_HOME: '/cache' }))).toBe('/cache/aloud');
    expect(dataFolder(on('win32', { LOCALAPPDATA: '/local' }))).toBe('/local/Aloud');
  });

  it('ignore empty and relative variables, as the XDG specification says', () => {
    expect(dataFolder(on('linux', { XDG_DATA_HOME: '' }))).toBe('/home/ada/.local/share/aloud');
    expect(dataFolder(on('linux', { XDG_DATA_HOME: 'data' }))).toBe('/home/ada/.local/share/aloud');
  });

  it('ignore the variables of other platforms', () => {
    expect(dataFolder(on('darwin', { XDG_DATA_HOME: '/data' }))).toBe(
      '/home/ada/Library/Application Support/Aloud',
    );
  });
});

describe('the folder of own voices', () => {
  it('is the chosen one, else in the data folder', () => {
    expect(ownVoicesFolder(on('linux', { ALOUD_VOICES_DIR: '/voices' }))).toBe('/voices');
    expect(ownVoicesFolder(on('linux'))).toBe('/home/ada/.local/share/aloud/voices');
  });
});

describe('the catalog', () => {
  it('is the program’s own, unless another file is named', () => {
    expect(catalogFile(on('linux'), '/program/models')).toBe('/program/models/catalog.json');
    expect(catalogFile(on('linux', { ALOUD_CATALOG: '/mirror.json' }), '/program/models')).toBe(
      '/mirror.json',
    );
    expect(catalogFile(on('linux', { ALOUD_CATALOG: '' }), '/program/models')).toBe(
      '/program/models/catalog.json',
    );
  });
});

describe('the folders of models', () => {
  const own = '/home/ada/.local/share/aloud/models';
  const chosen = on('linux', { ALOUD_MODELS_DIR: '/models' });

  it('are one in the data folder when none is chosen', () => {
    expect(modelFolders(on('linux'), () => 'read-only')).toEqual({ lookup: [own], install: own });
  });

  it.each(['writable', 'missing'] as const)('are the chosen one alone when that is %s', (access) => {
    expect(modelFolders(chosen, () => access)).toEqual({ lookup: ['/models'], install: '/models' });
  });

  it('look first into a chosen one that is read-only, and install into the data folder', () => {
    expect(modelFolders(chosen, () => 'read-only')).toEqual({ lookup: ['/models', own], install: own });
  });

  it('are absolute even when the chosen one is not', () => {
    const relative = on('linux', { ALOUD_MODELS_DIR: 'some/models' });
    expect(modelFolders(relative, () => 'writable').install).toBe(resolve('some/models'));
  });
});

describe('access to a folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aloud-paths-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('tells missing from writable', async () => {
    const inner = join(folder, 'models');
    expect(folderAccess(inner)).toBe('missing');
    await mkdir(inner);
    expect(folderAccess(inner)).toBe('writable');
  });

  it('takes a folder without any write bit as read-only, even for root', async () => {
    const inner = join(folder, 'models');
    await mkdir(inner);
    await chmod(inner, 0o555);
    expect(folderAccess(inner)).toBe('read-only');
    await chmod(inner, 0o755);
  });
});

describe('the folder of what is made from a model', () => {
  const around = { env: {}, platform: 'linux', home: '/home/p' } as const;

  it('is the model’s own, or the data folder where that cannot be written to', () => {
    expect(preparedFolder('/m/kokoro', around, () => 'writable')).toBe('/m/kokoro');
    expect(preparedFolder('/m/kokoro', around, () => 'read-only')).toBe(
      '/home/p/.local/share/aloud/prepared/kokoro',
    );
  });
});
