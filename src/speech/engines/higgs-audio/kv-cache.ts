/**
 * The key-value cache of a language model: what attention has to look back on, one key and one value tensor a layer.
 *
 * A cache is a value: a run makes a new one and nobody ever writes into one. So a snapshot of a prefix is the cache itself,
 * to fork is to hand it out again, and to append is to run. The tensors that a run gives are fed to the next as they are;
 * nothing here copies them.
 */
import { Tensor } from 'onnxruntime-node';
import type { HiggsModel } from '../../../common/higgs-model.ts';

/** Names of a cache's tensors without the prefix that a graph gives them: `0.key`, `0.value`, `1.key` … */
export function cacheNames(layers: number): string[] {
  return Array.from({ length: layers }, (_, layer) => [`${layer}.key`, `${layer}.value`]).flat();
}

export interface KvCache {
  /** Positions in the cache. */
  readonly length: number;
  /** In the order of {@link cacheNames}. */
  readonly tensors: readonly Tensor[];
}

/** The cache before the first position. */
export function emptyCache({ layers, kvHeads, headDim, kvDtype }: HiggsModel['arch']): KvCache {
  const empty = (): Tensor =>
    kvDtype === 'float16'
      ? new Tensor('float16', new Uint16Array(0), [1, kvHeads, 0, headDim])
      : new Tensor('float32', new Float32Array(0), [1, kvHeads, 0, headDim]);
  return { length: 0, tensors: cacheNames(layers).map(empty) };
}

/** The cache as inputs of a graph whose names begin with `prefix`. */
export function cacheFeeds(cache: KvCache, prefix: string): Record<string, Tensor> {
  const names = cacheNames(cache.tensors.length / 2);
  return Object.fromEntries(cache.tensors.map((tensor, at) => [`${prefix}${names[at] ?? ''}`, tensor]));
}

/** The cache among the outputs of a graph whose names begin with `prefix`. Throws when one is missing. */
export function cacheFrom(
  outputs: Readonly<Record<string, Tensor>>,
  prefix: string,
  layers: number,
  length: number,
): KvCache {
  const tensors = cacheNames(layers).map((name) => {
    const tensor = outputs[`${prefix}${name}`];
    if (tensor === undefined) throw new Error(`The graph gave no ${prefix}${name}`);
    return tensor;
  });
  return { length, tensors };
}
