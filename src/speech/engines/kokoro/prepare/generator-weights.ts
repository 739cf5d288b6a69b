/** The generator's weights, read by name from the model once its nodes are float. */
import type { Graph, Tensor } from '../../../onnx/model.ts';
import { indexGraph, inputOf, type GraphIndex } from '../../../onnx/graph-edit.ts';
import { floatsOf } from '../../../onnx/tensor.ts';
import { GENERATOR_PREFIX } from './cut-front.ts';
import { RESIDUAL_BLOCKS, ROUND_DILATIONS, type ResidualBlock } from './generator-layout.ts';

/** A one-dimensional convolution with as many outputs as its bias is long. */
export interface Convolution {
  /** Kernel, [outputs, inputs, width] in row-major order. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly inputs: number;
  readonly kernel: number;
  readonly dilation: number;
}

/** One round of a residual block: norm, snake, `first`, norm, snake, `second`, and the round's input added. */
export interface Round {
  /** Frequencies of the two snakes, one a channel. */
  readonly alpha1: Float32Array;
  readonly alpha2: Float32Array;
  readonly first: Convolution;
  readonly second: Convolution;
}

/** A residual block's weights. */
export interface BlockWeights {
  readonly block: ResidualBlock;
  readonly rounds: readonly Round[];
}

/** A convolution (plain or transposed) as it stands in the file. */
export interface StridedConvolution {
  readonly weights: Tensor;
  readonly bias: Tensor;
  readonly stride: number;
  /** Steps added at each end (taken off, for a transposed one). */
  readonly padding: number;
}

/** What stands around the residual blocks. */
export interface FrameWeights {
  /** For each stage: the convolution that brings the harmonic source in, and the transposed one that raises the rate. */
  readonly noiseConvolutions: readonly StridedConvolution[];
  readonly upsamplings: readonly StridedConvolution[];
  readonly last: StridedConvolution;
  /** Basis of the inverse short-time Fourier transform, [22, 1, 20]. */
  readonly inverseBasis: Tensor;
}

/** See the file's comment. */
export interface GeneratorWeights {
  readonly blocks: readonly BlockWeights[];
  readonly frame: FrameWeights;
}

/** Reads the weights. Throws a plain `Error` that names what is missing. */
export function readGeneratorWeights(whole: Graph): GeneratorWeights {
  const index = indexGraph(whole);
  return {
    blocks: RESIDUAL_BLOCKS.map((block) => readBlock(block, index)),
    frame: {
      noiseConvolutions: [0, 1].map((stage) => readStrided(`noise_convs.${stage}/Conv`, index)),
      upsamplings: [0, 1].map((stage) => readStrided(`ups.${stage}/ConvTranspose`, index)),
      last: readStrided('conv_post/Conv', index),
      inverseBasis: index.constant('decoder.decoder.generator.stft.istft.stft.inverse_basis'),
    },
  };
}

function readBlock(block: ResidualBlock, index: GraphIndex): BlockWeights {
  return {
    block,
    rounds: ROUND_DILATIONS.map((dilation, round) => ({
      alpha1: readAlpha(block, 1, round, index),
      alpha2: readAlpha(block, 2, round, index),
      first: readConvolution(`${block.name}/convs1.${round}`, block, dilation, index),
      second: readConvolution(`${block.name}/convs2.${round}`, block, 1, index),
    })),
  };
}

function readAlpha(block: ResidualBlock, side: 1 | 2, round: number, index: GraphIndex): Float32Array {
  const alpha = floatsOf(index.constant(`decoder.decoder.generator.${block.name}.alpha${side}.${round}`));
  expectSize(`a snake of ${block.name}`, alpha.length, block.channels);
  return alpha;
}

function readConvolution(
  name: string,
  { channels, kernel }: ResidualBlock,
  dilation: number,
  index: GraphIndex,
): Convolution {
  const node = index.node(`${GENERATOR_PREFIX}${name}/Conv`);
  const weights = floatsOf(index.constant(inputOf(node, 1)));
  const bias = floatsOf(index.constant(inputOf(node, 2)));
  expectSize(name, weights.length, channels * channels * kernel);
  expectSize(`the bias of ${name}`, bias.length, channels);
  return { weights, bias, inputs: channels, kernel, dilation };
}

function readStrided(name: string, index: GraphIndex): StridedConvolution {
  const node = index.node(`${GENERATOR_PREFIX}${name}`);
  const first = (key: string): number => {
    const attribute = node.attributes.get(key);
    return attribute?.kind === 'ints' ? (attribute.value[0] ?? 0) : 0;
  };
  return {
    weights: index.constant(inputOf(node, 1)),
    bias: index.constant(inputOf(node, 2)),
    stride: first('strides'),
    padding: first('pads'),
  };
}

function expectSize(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what} has ${found} numbers, not ${expected}`);
}
