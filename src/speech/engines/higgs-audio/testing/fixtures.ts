/**
 * The fixtures of the golden suite: a small model with random weights and what other implementations made of it. The
 * folder is the one beside this, or any other of its form that `ALOUD_HIGGS_FIXTURES` names (`npm run test:higgs`).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { parseHiggsModel, type HiggsModel } from '../../../../common/higgs-model.ts';
import type { Prompt, PromptTurn } from '../prompt.ts';
import type { Position } from '../positions.ts';
import type { GraphOptions } from '../graph-session.ts';
import type { Column, Frame } from '../delay-pattern.ts';

/** Absolute path of the fixtures. */
export const FIXTURES = resolve(
  process.env['ALOUD_HIGGS_FIXTURES'] ?? join(import.meta.dirname, '..', 'fixtures', 'tiny'),
);

/** How the suite opens graphs. */
export const OPTIONS: GraphOptions = { threads: 1, ep: 'cpu' };

/** The fixtures' `model.json`. */
export const MODEL: HiggsModel = (() => {
  const parsed = parseHiggsModel(readFileSync(join(FIXTURES, 'model.json'), 'utf8'));
  if (!parsed.ok) throw new Error(`${FIXTURES}/model.json: ${parsed.problem}`);
  return parsed.model;
})();

/** A raw file of numbers, as the goldens name it. */
export const floatsSchema = z.object({ file: z.string(), shape: z.array(z.int()) });

/** Reads raw float32 numbers. */
export function floats({ file, shape }: z.infer<typeof floatsSchema>): Float32Array {
  const bytes = readFileSync(join(FIXTURES, 'goldens', file));
  const numbers = new Float32Array(bytes.length / 4);
  for (let at = 0; at < numbers.length; at++) numbers[at] = bytes.readFloatLE(at * 4);
  const wanted = shape.reduce((product, size) => product * size, 1);
  if (numbers.length !== wanted) throw new Error(`${file} has ${numbers.length} numbers, not ${wanted}`);
  return numbers;
}

/** Reads one golden with its schema. */
export function golden<T>(name: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(join(FIXTURES, 'goldens', name), 'utf8')));
}

/** Path of a variant of the language model's graph, or undefined when the fixtures have none. */
export function variant(name: string): string | undefined {
  const path = join('variants', name);
  return existsSync(join(FIXTURES, path)) ? path : undefined;
}

/** Rows of codes. */
export const codesSchema = z.array(z.array(z.int()));

const promptsSchema = z.object({
  reference: z.object({ waveform: z.string(), frames: codesSchema, columns: codesSchema }),
  cases: z.array(
    z.object({
      name: z.string(),
      turns: z.array(
        z.object({
          role: z.enum(['system', 'user', 'assistant']),
          parts: z.array(z.union([z.object({ text: z.string() }), z.object({ audio: z.int() })])),
        }),
      ),
      inputIds: z.array(z.int()),
      audioPositions: z.array(z.int()),
      audioColumns: codesSchema,
      prefixLength: z.int(),
    }),
  ),
});

/** `prompts.json`. */
export const PROMPTS = golden('prompts.json', promptsSchema);
export type PromptCase = (typeof PROMPTS.cases)[number];

/** The golden prompt of a name. */
export function promptCase(name: string): PromptCase {
  const found = PROMPTS.cases.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`prompts.json has no "${name}"`);
  return found;
}

/** A golden prompt's turns as the prompt builder takes them. */
export function turnsOf({ turns }: PromptCase): PromptTurn[] {
  return turns.map(({ role, parts }) => ({
    role,
    parts: parts.map((part) => ('text' in part ? part : { frames: PROMPTS.reference.frames })),
  }));
}

/** Positions from ids with placeholders, which the columns fill in order. */
export function positionsOf(inputIds: readonly number[], columns: readonly Column[]): Position[] {
  let next = 0;
  return inputIds.map((id) => {
    if (id !== MODEL.prompt.ids.audioOut) return id;
    const column = columns[next++];
    if (column === undefined) throw new Error('The golden has fewer columns than placeholders');
    return column;
  });
}

/** A golden prompt as ready positions, cut where its constant part ends. */
export function goldenPrompt({ inputIds, audioColumns, prefixLength }: PromptCase): Prompt {
  const positions = positionsOf(inputIds, audioColumns);
  return { prefix: positions.slice(0, prefixLength), rest: positions.slice(prefixLength) };
}

/** The largest difference between two runs of numbers; NaN anywhere, or another length, is infinite. */
export function maxDifference(found: Float32Array, wanted: Float32Array): number {
  if (found.length !== wanted.length) return Infinity;
  let most = 0;
  for (const [at, value] of found.entries()) {
    const difference = Math.abs(value - (wanted[at] ?? NaN));
    if (!(difference <= most)) most = Number.isNaN(difference) ? Infinity : difference;
  }
  return most;
}

/** Signal to noise in dB of `found` against `wanted`. */
export function snrDb(found: Float32Array, wanted: Float32Array): number {
  let signal = 0;
  let noise = 0;
  for (const [at, value] of wanted.entries()) {
    signal += value ** 2;
    noise += ((found[at] ?? 0) - value) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

/** Gathers a stream's pieces. */
export async function joined(pieces: AsyncIterable<Float32Array>): Promise<Float32Array> {
  const all: Float32Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return concat(all);
}

/** Joins runs of numbers. */
export function concat(pieces: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Gathers all frames of a generation. */
export async function allFrames(generation: AsyncIterable<readonly Frame[]>): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const some of generation) frames.push(...some);
  return frames;
}
