/** The language model's graph: positions in, the logits of the next column and a longer cache out. */
import { join } from 'node:path';
import { fail } from '../../../common/result.ts';
import type { HiggsModel } from '../../../common/higgs-model.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { languageModelContract } from './graph-contracts.ts';
import { openGraph, type Graph, type GraphOptions } from './graph-session.ts';
import { cacheFeeds, cacheFrom, type KvCache } from './kv-cache.ts';
import { positionFeeds, type Position } from './positions.ts';

export interface LanguageModelStep {
  /** Scores after the last position, codebook by codebook. */
  readonly logits: Float32Array;
  readonly cache: KvCache;
}

export interface LanguageModel {
  /** Reads positions behind a cache; at least one. */
  run(positions: readonly Position[], past: KvCache): Promise<LanguageModelStep>;
  dispose(): Promise<void>;
}

/** Opens the model's `llm` graph. Throws as `openGraph`. */
export async function openLanguageModel(
  folder: string,
  model: HiggsModel,
  options: GraphOptions,
): Promise<LanguageModel> {
  return languageModelOn(
    await openGraph(join(folder, model.files.llm), languageModelContract(model), options),
    model,
  );
}

/** The language model behind an open graph, which it then owns. */
export function languageModelOn(graph: Graph, model: HiggsModel): LanguageModel {
  return {
    async run(positions, past) {
      const outputs = await graph.run({
        ...positionFeeds(positions, past.length, model),
        ...cacheFeeds(past, 'past_key_values.'),
      });
      const logits = outputs['audio_logits']?.data;
      if (!(logits instanceof Float32Array) || !isFiniteThroughout(logits))
        return fail('synthesis-failed', 'speech', FAILURES.higgs.noNumbers);
      return {
        logits,
        cache: cacheFrom(outputs, 'present.', model.arch.layers, past.length + positions.length),
      };
    },
    dispose: () => graph.dispose(),
  };
}

/** A sum is finite only if all of it is; far quicker than a call for each number. */
function isFiniteThroughout(numbers: Float32Array): boolean {
  let sum = 0;
  for (let at = 0; at < numbers.length; at++) sum += numbers[at] ?? 0;
  return Number.isFinite(sum);
}
