/** Opens a model folder: `model.json`, the tokenizer and the graphs, on the execution provider that is chosen. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpChoice, EpName, EpObstacles } from '../../../common/engine.ts';
import { epPreference } from '../../../common/ep-preference.ts';
import { MODEL_FILE, parseHiggsModel, type HiggsModel } from '../../../common/higgs-model.ts';
import { AppFailure, fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { chooseEp, failUnusable, type EpDecision } from '../../ep.ts';
import { guardedTrial, reasonOf, type EpTrialOptions } from '../../ep-trial.ts';
import { openCodecDecoder, type CodecDecoder } from './codec-decoder.ts';
import { openDecodeBlock, type DecodeBlock } from './decode-block.ts';
import type { Frame } from './delay-pattern.ts';
import type { GraphOptions } from './graph-session.ts';
import { openLanguageModel, type LanguageModel } from './language-model.ts';
import { openTextTokenizer, type TextTokenizer } from './text-tokenizer.ts';

export interface OpenModel {
  readonly folder: string;
  readonly model: HiggsModel;
  /** Stands for the model in keys of caches: changes when its description or its encoder does. */
  readonly key: string;
  readonly tokenizer: TextTokenizer;
  readonly languageModel: LanguageModel;
  readonly block: DecodeBlock | undefined;
  readonly decoder: CodecDecoder;
  readonly options: GraphOptions;
  readonly ep: EpDecision;
  dispose(): Promise<void>;
}

/** Samples by which a provider's sound may differ from the processor's, full scale being 1. */
const EP_TOLERANCE = 1e-2;

/** Frames that a provider decodes when it is tried. */
const TRIAL_FRAMES = 24;

export interface OpenOptions {
  /** Threads of one run. */
  readonly threads: number;
  readonly choice: EpChoice;
  /** Absolute path of a folder for what can be made again. */
  readonly cacheFolder?: string | undefined;
  /** Providers that cannot be used, and why. */
  readonly epObstacles?: EpObstacles | undefined;
}

/**
 * Opens all of a model. Throws `AppFailure`: `model-missing`, `model-damaged` or `model-mismatch` (the message lists the
 * differences of a graph), and `ep-unusable`. What was opened before a failure is freed.
 */
export async function openModel(folder: string, options: OpenOptions): Promise<OpenModel> {
  const { model, key } = await readModel(folder);
  const tokenizer = await openTextTokenizer(folder, model.files.tokenizer);
  let preference = epPreference(process.platform, process.arch);
  const before: string[] = [];
  for (;;) {
    const decided = await decideEp(folder, model, options, preference);
    const ep = { ...decided, report: [...before, ...decided.report] };
    try {
      return {
        folder,
        model,
        key,
        tokenizer,
        ep,
        ...(await openGraphs(folder, model, options.threads, ep.ep)),
      };
    } catch (thrown) {
      if (ep.ep === 'cpu' || !isRuntimeFailure(thrown)) throw thrown;
      // The trial was made with the smallest graph: the largest may not fit into the GPU's memory.
      const line = `${ep.ep}: ${reasonOf(thrown, ep.ep)}`;
      if (options.choice !== 'auto') return failUnusable([...ep.report, line]);
      before.push(line);
      preference = preference.filter((other) => other !== ep.ep);
    }
  }
}

/** Whether the runtime itself refused a graph, which another provider might take. */
function isRuntimeFailure(thrown: unknown): boolean {
  return thrown instanceof AppFailure && thrown.error.code === 'model-damaged';
}

type OpenGraphs = Pick<OpenModel, 'languageModel' | 'block' | 'decoder' | 'options' | 'dispose'>;

async function openGraphs(
  folder: string,
  model: HiggsModel,
  threads: number,
  ep: EpName,
): Promise<OpenGraphs> {
  const opened: { dispose(): Promise<void> }[] = [];
  const keep = async <T extends { dispose(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const part = await opening;
    opened.push(part);
    return part;
  };
  const dispose = async (): Promise<void> => {
    for (const part of opened.splice(0).reverse()) await part.dispose();
  };
  try {
    const options = { threads, ep };
    const decoder = await keep(openCodecDecoder(folder, model, options));
    const languageModel = await keep(openLanguageModel(folder, model, options));
    const { decodeBlock } = model.files;
    const block =
      decodeBlock === undefined
        ? undefined
        : await keep(openDecodeBlock(folder, decodeBlock, model, options));
    return { languageModel, block, decoder, options, dispose };
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
}

/** Reads a folder's `model.json`. */
async function readModel(folder: string): Promise<{ model: HiggsModel; key: string }> {
  const path = join(folder, MODEL_FILE);
  const text = await readFile(path, 'utf8').catch((cause: unknown) =>
    fail('model-missing', 'model', FAILURES.higgs.noModel(folder, MODEL_FILE), { cause }),
  );
  const parsed = parseHiggsModel(text);
  if (!parsed.ok) return fail('model-damaged', 'model', FAILURES.higgs.noDescription(path, parsed.problem));
  const { model } = parsed;
  const encoder = model.files.codecEncoder;
  const facts = encoder === undefined ? undefined : await stat(join(folder, encoder)).catch(() => undefined);
  const key = createHash('sha256')
    .update(JSON.stringify(model))
    .update(`\0${facts?.size ?? 0}\0${facts?.mtimeMs ?? 0}`)
    .digest('hex');
  return { model, key };
}

/** Frames that a provider decodes first, and how long it may take for them, ms: a GPU that is none takes minutes for more. */
const PROBE_FRAMES = 2;
const LONGEST_PROBE_MS = 20_000;

/** Tries providers on the codec's decoder: small, and of the same kinds of layers that the rest needs. */
async function decideEp(
  folder: string,
  model: HiggsModel,
  { threads, choice, cacheFolder, epObstacles = {} }: OpenOptions,
  preference: readonly EpName[],
): Promise<EpDecision> {
  if (choice === 'cpu') return { ep: 'cpu', report: [] };
  const frames = Array.from({ length: TRIAL_FRAMES }, (_, at) =>
    Array.from({ length: model.audio.codebooks }, (_, row) => (at * 7 + row * 3) % model.audio.bos),
  );
  const guards: EpTrialOptions = { engine: 'higgs-audio', cacheFolder, obstacles: epObstacles };
  return chooseEp(choice, preference, EP_TOLERANCE, (ep) =>
    guardedTrial(ep, guards, async () => {
      const decoder = await openCodecDecoder(folder, model, { threads, ep });
      try {
        const timed = async (some: readonly Frame[]): Promise<{ output: Float32Array; runMs: number }> => {
          const begun = performance.now();
          const output = await decoder.decode(some);
          return { output, runMs: performance.now() - begun };
        };
        const probe = await timed(frames.slice(0, PROBE_FRAMES));
        if (ep !== 'cpu' && choice === 'auto' && probe.runMs > LONGEST_PROBE_MS)
          throw new Error(`it took ${(probe.runMs / 1000).toFixed(0)} s for ${PROBE_FRAMES} frames`);
        await timed(frames);
        return await timed(frames);
      } finally {
        await decoder.dispose();
      }
    }),
  );
}
