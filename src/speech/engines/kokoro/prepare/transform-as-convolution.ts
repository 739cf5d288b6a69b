/**
 * The pass "transform as convolution": the short-time Fourier transform of the harmonic source becomes a convolution with
 * the windowed waves, which the runtime computes in a hundredth of the time (a transform of 20 samples is no power of two,
 * so that its own way is a long one).
 *
 * The generator sees magnitude and phase, and a phase is there even where nothing is to be seen. Without voice the source
 * is constant: its higher bins are rounding errors, the same small numbers every time. The lowest and the highest bin of a
 * real signal have no imaginary part: the sign of a rounding error tells between π and −π. What was learnt of the model
 * (calibration, predicted statistics) was learnt with the errors of the runtime's transform, so they are kept: nearly all
 * of them come from its rounded waves, and are a sum over the window's samples as the transform itself is.
 */
import type { Graph, GraphNode } from '../../../onnx/model.ts';
import { int, ints } from '../../../onnx/graph-builder.ts';
import {
  indexGraph,
  inputOf,
  operation,
  outputOf,
  prune,
  type GraphIndex,
} from '../../../onnx/graph-edit.ts';
import { floatsOf, floatTensor, int64Tensor } from '../../../onnx/tensor.ts';

/** Samples of the window, to which the following numbers belong. */
const WINDOW = 20;

/** Radians; the phase that the runtime's transform gives each bin without voice. The outermost two have errors below. */
const PHASES_OF_SILENCE = [0, 0, 2.4904, -2.1254, 0.7935, -2.1292, 0.173, 2.9268, -1.3449, 2.736, 0] as const;

/** Magnitude of what is added to those bins: sixty times what the convolution's rounding leaves, a millionth of speech. */
const SILENCE = 3e-7;

/**
 * What stands for nothing in the runtime's sines of the lowest and of the highest bin, in 1e-7, for each sample of the
 * window. Found by least squares over its transform of noise; they give the imaginary part of real sources the right sign
 * in 99 of 100 frames.
 */
const LOWEST_SINE = [
  0, -5.716, -4.887, -5.758, -3.33, -6.593, -3.48, -6.036, -2.184, -5.625, -5.432, -2.598, -3.584, -6.425,
  -5.631, -6.96, 0.361, -4.25, -1.832, -3.248,
] as const;
const HIGHEST_SINE = [
  0, 10.141, -9.039, 9.446, -16.119, 16.417, -8.623, 13.979, -9.493, 16.925, -20.079, 39.586, -13.327, 26.507,
  -25.498, 27.874, -25.462, 63.972, -24.841, 29.795,
] as const;

/**
 * The same graph with its one STFT node, of a real signal, as a convolution. Throws a plain `Error` where the node does not
 * stand as the official file has it: transposed, then taken apart into real and imaginary parts.
 */
export function transformAsConvolution(graph: Graph): Graph {
  const index = indexGraph(graph);
  const [transform, ...others] = graph.nodes.filter(({ opType }) => opType === 'STFT');
  if (transform === undefined || others.length > 0) return wrong('there is not one STFT');
  const window = floatsOf(index.constant(inputOf(transform, 2)));
  if (window.length !== WINDOW) return wrong(`the STFT has a window of ${window.length} samples`);
  const transposed = index.onlyConsumer(outputOf(transform));
  if (transposed.opType !== 'Transpose' || intsOf(transposed, 'perm').join() !== '0,2,1,3')
    return wrong('the STFT is not transposed to bins by time');
  const real = partOf(outputOf(transposed), 0, index);
  const imaginary = partOf(outputOf(transposed), 1, index);
  const name = transform.name;
  const bins = window.length / 2 + 1;
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    if (node === transform)
      return [
        operation('Reshape', [inputOf(transform, 0), `${name}/row`], [`${name}/signal`]),
        operation('Conv', [`${name}/signal`, `${name}/waves`, `${name}/silence`], [`${name}/spectrum`], {
          kernel_shape: ints(window.length),
          strides: ints(wholeNumber(inputOf(transform, 1), index)),
        }),
        operation('Split', [`${name}/spectrum`, `${name}/halves`], [outputOf(real), outputOf(imaginary)], {
          axis: int(1),
        }),
      ];
    return node === transposed || node === real || node === imaginary ? [] : [node];
  });
  const initializers = new Map(graph.initializers)
    .set(`${name}/row`, int64Tensor([1, 1, -1]))
    .set(`${name}/halves`, int64Tensor([bins, bins]))
    .set(`${name}/waves`, floatTensor(windowedWaves(window, bins), [2 * bins, 1, window.length]))
    .set(`${name}/silence`, floatTensor(silence(bins)));
  return prune({ ...graph, nodes, initializers });
}

/** Rows of windowed cosines, then of negative sines: one of each a bin. */
function windowedWaves(window: Float32Array, bins: number): Float32Array {
  const { length } = window;
  return Float32Array.from({ length: 2 * bins * length }, (_, i) => {
    const [row, sample] = [Math.floor(i / length), i % length];
    const turns = ((row % bins) * sample) % length;
    const angle = (2 * Math.PI * turns) / length;
    const wave = row < bins ? Math.cos(angle) : sineOf(row - bins, sample, angle);
    return wave * (window[sample] ?? 0);
  });
}

/** The negative sine of a bin, or the error that stands for it. */
function sineOf(bin: number, sample: number, angle: number): number {
  if (bin === 0) return (LOWEST_SINE[sample] ?? 0) * 1e-7;
  if (bin === WINDOW / 2) return (HIGHEST_SINE[sample] ?? 0) * 1e-7;
  return -Math.sin(angle);
}

function silence(bins: number): Float32Array {
  return Float32Array.from({ length: 2 * bins }, (_, row) => {
    const phase = PHASES_OF_SILENCE[row % bins] ?? 0;
    return phase === 0 ? 0 : SILENCE * (row < bins ? Math.cos(phase) : Math.sin(phase));
  });
}

/** The node that takes the real (0) or the imaginary (1) part of a complex value. */
function partOf(value: string, part: 0 | 1, index: GraphIndex): GraphNode {
  const found = index
    .consumers(value)
    .find((node) => node.opType === 'Gather' && wholeNumber(inputOf(node, 1), index) === part);
  return found ?? wrong(`part ${part} of the STFT is not taken`);
}

function wholeNumber(constant: string, index: GraphIndex): number {
  const { elementType, bytes } = index.constant(constant);
  if (elementType !== 'int64') return wrong(`${constant} is no whole number`);
  return Number(new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true));
}

function intsOf(node: GraphNode, attribute: string): readonly number[] {
  const found = node.attributes.get(attribute);
  return found?.kind === 'ints' ? found.value : [];
}

function wrong(what: string): never {
  throw new Error(what);
}
