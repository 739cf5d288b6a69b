import { describe, expect, it } from 'vitest';
import { buildGraph, int, ints, string, type GraphBuilder } from '../../../onnx/graph-builder.ts';
import type { Graph, ValueInfo } from '../../../onnx/model.ts';
import { floatScalar, floatTensor, int64Tensor, int8Tensor, uint8Tensor } from '../../../onnx/tensor.ts';
import { runGraph, signalToNoiseDb, someNumbers, type FloatInput } from '../../../onnx/testing/run-graph.ts';
import { dequantise } from './dequantise.ts';

const CHANNELS = 6;
const STEPS = 30;

/** Two products of a larger one with 255 overflow the 16-bit sums of CPUs without VNNI. */
const LARGEST_WEIGHT = 63;

/** x → DynamicQuantizeLinear, as the exporter writes it. */
function layQuantiser(builder: GraphBuilder): void {
  builder.opWithOutputs('DynamicQuantizeLinear', ['x'], ['x_q', 'x_scale', 'x_zero']);
}

/** A convolution with a bias as the exporter writes it: unsigned weights with a zero point, an integer bias. */
function convolution(): Graph {
  const builder = buildGraph();
  layQuantiser(builder);
  const weights = someNumbers(CHANNELS * CHANNELS * 3, 2).map((value) => Math.round(128 + 100 * value));
  builder.constant('w', () => uint8Tensor(Uint8Array.from(weights), [CHANNELS, CHANNELS, 3]));
  builder.constant('w_zero', () => uint8Tensor(Uint8Array.of(131), []));
  builder.constant('w_scale', () => floatScalar(0.013));
  builder.constant('bias', () => floatTensor(someNumbers(CHANNELS, 3)));
  builder.constant('bias_shape', () => int64Tensor([1, -1, 1]));
  builder.op('ConvInteger', ['x_q', 'w', 'x_zero', 'w_zero'], {
    output: 'conv_quant',
    attributes: { kernel_shape: ints(3), pads: ints(2, 2), dilations: ints(2) },
  });
  builder.op('Mul', ['x_scale', 'w_scale'], { output: 'scales' });
  const divided = builder.op('Floor', [builder.op('Div', ['bias', 'scales'])]);
  const whole = builder.op('Cast', [divided], { attributes: { to: int(6) } });
  builder.op('Reshape', [whole, 'bias_shape'], { output: 'bias_q' });
  builder.op('Add', ['conv_quant', 'bias_q'], { output: 'sum' });
  builder.op('Cast', ['sum'], { output: 'cast', attributes: { to: int(1) } });
  builder.op('Mul', ['cast', 'scales'], { output: 'y' });
  return builder.graph('conv', [input(1, CHANNELS, STEPS)], [output(1, CHANNELS, STEPS)]);
}

/** A matrix product with signed weights and a scale and zero point for each column. */
function matrixProduct(): Graph {
  const builder = buildGraph();
  layQuantiser(builder);
  const weights = someNumbers(CHANNELS * 4, 4).map((value) => Math.round(LARGEST_WEIGHT * value));
  builder.constant('w', () => int8Tensor(Int8Array.from(weights), [CHANNELS, 4]));
  builder.constant('w_zero', () => int8Tensor(Int8Array.of(0, 3, -5, 0)));
  builder.constant('w_scale', () => floatTensor(Float32Array.of(0.01, 0.02, 0.005, 0.01)));
  builder.op('MatMulInteger', ['x_q', 'w', 'x_zero', 'w_zero'], { output: 'product_quant' });
  builder.op('Mul', ['x_scale', 'w_scale'], { output: 'scales' });
  builder.op('Cast', ['product_quant'], { output: 'cast', attributes: { to: int(1) } });
  builder.op('Mul', ['cast', 'scales'], { output: 'y' });
  return builder.graph('matmul', [input(STEPS, CHANNELS)], [output(STEPS, 4)]);
}

/** A bidirectional LSTM of 5 hidden units with a scale for each direction. */
function lstm(): Graph {
  const hidden = 5;
  const builder = buildGraph();
  const weights = (count: number, seed: number): Int8Array =>
    Int8Array.from(someNumbers(count, seed), (value) => Math.round(LARGEST_WEIGHT * value));
  builder.constant('w', () => int8Tensor(weights(2 * CHANNELS * 4 * hidden, 5), [2, CHANNELS, 4 * hidden]));
  builder.constant('r', () => int8Tensor(weights(2 * hidden * 4 * hidden, 6), [2, hidden, 4 * hidden]));
  builder.constant('b', () => floatTensor(someNumbers(2 * 8 * hidden, 7), [2, 8 * hidden]));
  builder.constant('w_scale', () => floatTensor(Float32Array.of(0.006, 0.009)));
  builder.constant('r_scale', () => floatTensor(Float32Array.of(0.005, 0.007)));
  builder.constant('no_zero', () => int8Tensor(Int8Array.of(0, 0)));
  const zeros = ['w_scale', 'no_zero', 'r_scale', 'no_zero'];
  builder.op('DynamicQuantizeLSTM', ['x', 'w', 'r', 'b', '', '', '', '', ...zeros], {
    output: 'y',
    domain: 'com.microsoft',
    attributes: { hidden_size: int(hidden), direction: string('bidirectional') },
  });
  return builder.graph('lstm', [input(STEPS, 1, CHANNELS)], [output(STEPS, 2, 1, hidden)]);
}

function input(...dims: readonly number[]): ValueInfo {
  return { name: 'x', elementType: 'float', dims };
}

function output(...dims: readonly number[]): ValueInfo {
  return { name: 'y', elementType: 'float', dims };
}

function feedFor(graph: Graph): { x: FloatInput } {
  const dims = (graph.inputs[0]?.dims ?? []).map(Number);
  return { x: { data: someNumbers(CHANNELS * STEPS, 9), dims } };
}

describe('dequantise', () => {
  it.each([
    ['a convolution with its bias', convolution(), 'Conv'],
    ['a matrix product with a scale for each column', matrixProduct(), 'MatMul'],
    ['a bidirectional LSTM', lstm(), 'LSTM'],
  ] as const)(
    'turns %s into one float node that says the same up to the rounding of its input',
    async (_, graph, opType) => {
      const float = dequantise(graph, () => true);
      expect(float.nodes.map((node) => node.opType)).toEqual([opType]);
      expect([...float.initializers.values()].every((tensor) => tensor.elementType === 'float')).toBe(true);
      const before = await runGraph(graph, feedFor(graph));
      const after = await runGraph(float, feedFor(graph));
      const [y, yAfter] = [before['y'], after['y']];
      if (y === undefined || yAfter === undefined) throw new Error('no output');
      // Eight bits over −1…1 leave about 48 dB of the input; a few dB are lost on the way.
      expect(signalToNoiseDb(yAfter, y)).toBeGreaterThan(35);
    },
  );

  it('leaves nodes that are not wanted as they are', () => {
    expect(dequantise(convolution(), () => false)).toEqual(convolution());
  });

  it('says where a node does not stand in a shape that it knows', () => {
    const graph = convolution();
    const nodes = graph.nodes.map((node) => (node.name === 'cast' ? { ...node, opType: 'Neg' } : node));
    expect(() => dequantise({ ...graph, nodes }, () => true)).toThrow('cast is Neg where Cast should stand');
  });
});
