/**
 * The sound that a text should make: spoken by `aloud say`, apart from the app and its player. The engine is
 * deterministic, so what the app plays must correlate with it.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ROOT } from './app.ts';

/** One sentence of the reference. */
export interface ReferenceSentence {
  readonly text: string;
  readonly pcm: Int16Array;
}

const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('sentence'), index: z.number(), text: z.string(), spoken: z.string() }),
  z.object({ event: z.literal('chunk'), sentence: z.number(), samples: z.number() }),
  z.object({ event: z.literal('error'), message: z.string() }),
  z.object({ event: z.literal('done'), audioMs: z.number(), rtf: z.number(), firstChunkMs: z.number() }),
]);

/** Pause that both app and command put between sentences when nothing is set, in samples. */
export const PAUSE_SAMPLES = 3_600;

/** Bytes before the samples in the WAV files that `aloud` writes. */
const WAV_HEADER_BYTES = 44;

/** What was spoken already: the same text sounds the same, and each time costs the loading of a model. */
const spoken = new Map<string, Promise<ReferenceSentence[]>>();

/**
 * Speaks `text` with the command line and gives the sentences that have sound, in order. `env`: variables besides the test's
 * own. `speed`: 0.5 to 2.
 */
export function speakReference(
  text: string,
  voice: string,
  env: Readonly<Record<string, string>> = {},
  speed = 1,
): Promise<ReferenceSentence[]> {
  const key = JSON.stringify([text, voice, env, speed]);
  const known = spoken.get(key) ?? speakAnew(text, voice, env, speed);
  spoken.set(key, known);
  known.catch(() => spoken.delete(key));
  return known;
}

async function speakAnew(
  text: string,
  voice: string,
  env: Readonly<Record<string, string>>,
  speed: number,
): Promise<ReferenceSentence[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aloud-reference-'));
  try {
    const wav = join(folder, 'reference.wav');
    const running = promisify(execFile)(
      process.execPath,
      [
        join(ROOT, 'out', 'main', 'cli.js'),
        'say',
        '--voice',
        voice,
        '--speed',
        String(speed),
        '--out',
        wav,
        '--json',
      ],
      { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 << 20, env: { ...process.env, ...env } },
    );
    running.child.stdin?.end(text);
    const { stdout } = await running;
    return cutSentences(stdout, await readFile(wav));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Cuts what `aloud say --json` wrote, its events and its WAV file, into the sentences that have sound. */
export function cutSentences(output: string, wav: Buffer): ReferenceSentence[] {
  const events = output
    .trim()
    .split('\n')
    .map((line) => eventSchema.parse(JSON.parse(line)));
  const bytes = wav.subarray(WAV_HEADER_BYTES);
  const samples = new Int16Array(bytes.length >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(i * 2);
  const texts = new Map<number, string>();
  const lengths = new Map<number, number>();
  for (const event of events) {
    if (event.event === 'sentence') texts.set(event.index, event.text);
    if (event.event === 'chunk')
      lengths.set(event.sentence, (lengths.get(event.sentence) ?? 0) + event.samples);
  }
  const sentences: ReferenceSentence[] = [];
  let at = 0;
  for (const [index, length] of lengths) {
    sentences.push({ text: texts.get(index) ?? '', pcm: samples.subarray(at, at + length) });
    at += length + PAUSE_SAMPLES;
  }
  return sentences;
}
