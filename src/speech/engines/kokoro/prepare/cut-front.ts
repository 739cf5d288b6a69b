/**
 * The pass "cut front": from the whole model to the part that runs once for an utterance. It knows the text, the prosody,
 * the low-rate decoder and the harmonic source, and gives out what the generator needs to make any stretch of the sound:
 *
 * - `x` [1, 512, 2T]: the low-rate decoder's result, T frames;
 * - `har` [1, 22, 120T + 1]: magnitude and phase of the harmonic source's spectrum;
 * - `gb` [1, 18432]: gain and offset of every instance norm of the generator (see `INSTANCE_NORMS`), from the style;
 * - `durations` [tokens], int32: frames that each token lasts; their sum is T.
 */
import type { Graph, ValueInfo } from '../../../onnx/model.ts';
import { int } from '../../../onnx/graph-builder.ts';
import { indexGraph, inputOf, operation, prune, type GraphIndex } from '../../../onnx/graph-edit.ts';
import { floatsOf, floatTensor } from '../../../onnx/tensor.ts';
import { ELEMENT_TYPE, type GraphNode } from '../../../onnx/model.ts';
import { HAR_CHANNELS, INSTANCE_NORMS, STATS_WIDTH, X_CHANNELS } from './generator-layout.ts';

/** Every node of the generator has a name that begins so. */
export const GENERATOR_PREFIX = '/decoder/decoder/generator/';

/** The half of the style vector that the decoder takes. */
const DECODER_STYLE = '/decoder/Slice_output_0';

/** Frames of each token, int64 [tokens]. */
const DURATIONS = '/encoder/Gather_output_0';

/** The front's outputs with their shapes. */
export const FRONT_OUTPUTS: readonly ValueInfo[] = [
  { name: 'x', elementType: 'float', dims: [1, X_CHANNELS, 'x_steps'] },
  { name: 'har', elementType: 'float', dims: [1, HAR_CHANNELS, 'har_steps'] },
  { name: 'gb', elementType: 'float', dims: [1, STATS_WIDTH] },
  { name: 'durations', elementType: 'int32', dims: ['sequence_length'] },
];

/** Cuts the front out of the whole model, whose generator must already be dequantised. */
export function cutFront(whole: Graph): Graph {
  const index = indexGraph(whole);
  const affine = normAffine(index);
  const x = inputOf(index.node(`${GENERATOR_PREFIX}LeakyRelu`), 0);
  const har = inputOf(index.node(`${GENERATOR_PREFIX}noise_convs.1/Conv`), 0);
  const nodes: GraphNode[] = [
    ...whole.nodes,
    operation('MatMul', [DECODER_STYLE, 'gb_weights'], ['gb_product']),
    operation('Add', ['gb_product', 'gb_bias'], ['gb']),
    operation('Identity', [x], ['x']),
    operation('Identity', [har], ['har']),
    operation('Cast', [DURATIONS], ['durations'], { to: int(ELEMENT_TYPE.int32) }),
  ];
  const initializers = new Map(whole.initializers)
    .set('gb_weights', floatTensor(affine.weights, [affine.styleWidth, STATS_WIDTH]))
    .set('gb_bias', floatTensor(affine.bias));
  return prune({ ...whole, name: 'front', nodes, initializers, outputs: FRONT_OUTPUTS });
}

/** The linear layers of all instance norms side by side; one is added to every gain, as the norms do. */
function normAffine(index: GraphIndex): { weights: Float32Array; bias: Float32Array; styleWidth: number } {
  const first = index.constant(inputOf(index.node(matmulOf(INSTANCE_NORMS[0]?.name ?? '')), 1));
  const styleWidth = first.dims[0] ?? 0;
  const weights = new Float32Array(styleWidth * STATS_WIDTH);
  const bias = new Float32Array(STATS_WIDTH);
  for (const { name, channels, offset } of INSTANCE_NORMS) {
    const own = floatsOf(index.constant(inputOf(index.node(matmulOf(name)), 1)));
    for (let row = 0; row < styleWidth; row++)
      weights.set(own.subarray(row * 2 * channels, (row + 1) * 2 * channels), row * STATS_WIDTH + offset);
    const add = index.node(`${GENERATOR_PREFIX}${name}/fc/Gemm_Add`);
    const biasName = add.inputs.find((input) => index.isConstant(input)) ?? '';
    bias.set(floatsOf(index.constant(biasName)), offset);
    for (let channel = 0; channel < channels; channel++)
      bias[offset + channel] = (bias[offset + channel] ?? 0) + 1;
  }
  return { weights, bias, styleWidth };
}

function matmulOf(norm: string): string {
  return `${GENERATOR_PREFIX}${norm}/fc/Gemm_MatMul`;
}
