/**
 * What was learnt of voices that the shared predictor does not know, kept from start to start: one file for each style table, named
 * by its SHA-256. A file that cannot be read or written costs nothing but time: the voice is learnt again.
 *
 * File, little-endian: the bytes `ALKV`; uint32 length of the header; the header, JSON in UTF-8; for each lesson its features and
 * its coded statistics, float32.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { STATS_WIDTH } from './prepare/generator-layout.ts';
import { FEATURE_COUNT, type StatisticsPredictor } from './statistics-predictor.ts';
import { MOST_LESSONS, VoiceStatistics, type Lesson } from './voice-statistics.ts';

/** Name of the folder for these files in that of the prepared graphs. */
export const VOICES_FOLDER = 'voices';

const MAGIC = 'ALKV';
const LESSON_BYTES = 4 * (FEATURE_COUNT + STATS_WIDTH);

/** How many voices are kept, 2 MB each at most: those that were learnt from last. */
const KEPT_FILES = 24;

/** How many voices are held at once: each has up to 4 MB. */
const HELD_VOICES = 4;

const headerSchema = z.object({
  format: z.literal('aloud-kokoro-voice'),
  version: z.literal(1),
  /** What the statistics are those of: another generator has others. */
  generatorSha256: z.string(),
  lessons: z.number().int().positive().max(MOST_LESSONS),
});

export interface VoiceStatisticsStoreOptions {
  readonly predictor: StatisticsPredictor;
  /** Absolute path; made when it is needed. */
  readonly folder: string;
  /** SHA-256 of the generator that the lessons are of. */
  readonly generatorSha256: string;
}

export class VoiceStatisticsStore {
  private readonly options: VoiceStatisticsStoreOptions;
  private readonly held = new Map<string, VoiceStatistics>();
  private writing: Promise<void> = Promise.resolve();

  constructor(options: VoiceStatisticsStoreOptions) {
    this.options = options;
  }

  /** Reads what is kept of a voice, once. */
  async prepare(styleSha256: string): Promise<void> {
    const held = this.held.get(styleSha256);
    this.held.delete(styleSha256);
    const voice = held ?? new VoiceStatistics(this.options.predictor, await this.read(styleSha256));
    this.held.set(styleSha256, voice);
    const oldest = this.held.keys().next();
    if (this.held.size > HELD_VOICES && oldest.done !== true) this.held.delete(oldest.value);
  }

  /** What is known of a voice that was prepared. */
  get(styleSha256: string): VoiceStatistics | undefined {
    return this.held.get(styleSha256);
  }

  /** Learns from an utterance of a voice that was prepared and is not known well enough yet, and keeps that. */
  learn(styleSha256: string, lesson: () => Lesson): void {
    const voice = this.held.get(styleSha256);
    if (voice === undefined || voice.isKnown || !voice.learn(lesson())) return;
    const lessons = [...voice.lessons];
    // One lesson is what a blend leaves that is only tried.
    if (lessons.length > 1) this.writing = this.writing.then(() => this.write(styleSha256, lessons));
  }

  /** Resolves when all that was learnt is written. */
  settled(): Promise<void> {
    return this.writing;
  }

  private path(styleSha256: string): string {
    return join(this.options.folder, `${styleSha256}.bin`);
  }

  private async read(styleSha256: string): Promise<readonly Lesson[]> {
    const bytes = await readFile(this.path(styleSha256)).catch(() => undefined);
    return (bytes && lessonsOf(bytes, this.options.generatorSha256)) ?? [];
  }

  private async write(styleSha256: string, lessons: readonly Lesson[]): Promise<void> {
    const { folder, generatorSha256 } = this.options;
    const temporary = join(folder, `${randomUUID()}.tmp`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(temporary, bytesOf(lessons, generatorSha256));
      await rename(temporary, this.path(styleSha256));
      await this.prune();
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  private async prune(): Promise<void> {
    const { folder } = this.options;
    const names = (await readdir(folder)).filter((name) => name.endsWith('.bin'));
    if (names.length <= KEPT_FILES) return;
    const files = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
    );
    const old = files.sort((a, b) => b.at - a.at).slice(KEPT_FILES);
    for (const { name } of old) await rm(join(folder, name), { force: true });
  }
}

function bytesOf(lessons: readonly Lesson[], generatorSha256: string): Buffer {
  const header = Buffer.from(
    JSON.stringify({ format: 'aloud-kokoro-voice', version: 1, generatorSha256, lessons: lessons.length }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const numbers = lessons.flatMap(({ features, coded }) => [features, coded]).map(littleEndian);
  return Buffer.concat([Buffer.from(MAGIC, 'latin1'), length, header, ...numbers]);
}

/** The lessons of a file; undefined when it is none, not whole, or of another generator. */
function lessonsOf(bytes: Buffer, generatorSha256: string): readonly Lesson[] | undefined {
  try {
    if (bytes.toString('latin1', 0, 4) !== MAGIC) return undefined;
    const start = 8 + bytes.readUInt32LE(4);
    const header = headerSchema.parse(JSON.parse(bytes.toString('utf8', 8, start)));
    if (header.generatorSha256 !== generatorSha256) return undefined;
    if (bytes.length !== start + header.lessons * LESSON_BYTES) return undefined;
    const lessons = Array.from({ length: header.lessons }, (_, i) => {
      const at = start + i * LESSON_BYTES;
      return {
        features: floats(bytes, at, FEATURE_COUNT),
        coded: floats(bytes, at + 4 * FEATURE_COUNT, STATS_WIDTH),
      };
    });
    const isWhole = lessons.every((lesson) => areFinite(lesson.features) && areFinite(lesson.coded));
    return isWhole ? lessons : undefined;
  } catch {
    return undefined;
  }
}

function littleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeFloatLE(value, 4 * i);
  return bytes;
}

function floats(bytes: Buffer, at: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => bytes.readFloatLE(at + 4 * i));
}

function areFinite(values: Float32Array): boolean {
  return values.every(Number.isFinite);
}
