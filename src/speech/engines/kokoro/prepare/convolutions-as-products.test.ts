import { describe, expect, it } from 'vitest';
import { buildGraph, int, ints } from '../../../onnx/graph-builder.ts';
import { ELEMENT_TYPE, type Graph } from '../../../onnx/model.ts';
import { int64Tensor, uint8Tensor } from '../../../onnx/tensor.ts';
import { runGraph, someNumbers } from '../../../onnx/testing/run-graph.ts';
import { convolutionsAsProducts } from './convolutions-as-products.ts';

interface Convolution {
  readonly out?: number;
  readonly into?: number;
  readonly width?: number;
  readonly pads?: readonly [number, number];
  readonly stride?: number;
  readonly group?: number;
  readonly weights?: (i: number) => number;
  readonly zeroPoint?: number;
}

const STEPS = 37;

/** A convolution as the official file has it: of what was quantised just before, its sums as floats. */
function convolution({
  out = 32,
  into = 24,
  width = 3,
  pads = [1, 1],
  stride = 1,
  group = 1,
  weights = (i) => (i * 7919) % 128,
  zeroPoint = 51,
}: Convolution = {}): Graph {
  const builder = buildGraph();
  builder.opWithOutputs('DynamicQuantizeLinear', ['x'], ['q', 'scale', 'zero']);
  const dims = [out, into / group, width];
  const bytes = Uint8Array.from({ length: (out * into * width) / group }, (_, i) => weights(i));
  builder.constant('w', () => uint8Tensor(bytes, dims));
  builder.constant('w-zero', () => uint8Tensor(Uint8Array.of(zeroPoint), []));
  const attributes = { pads: ints(...pads), strides: ints(stride), dilations: ints(1), group: int(group) };
  builder.op('ConvInteger', ['q', 'w', 'zero', 'w-zero'], { output: 'sums', attributes });
  builder.op('Cast', ['sums'], { output: 'y', attributes: { to: int(ELEMENT_TYPE.float) } });
  return builder.graph(
    'convolution',
    [{ name: 'x', elementType: 'float', dims: [1, into, STEPS] }],
    [{ name: 'y', elementType: 'float', dims: [1, out, 'steps'] }],
  );
}

async function sums(graph: Graph, x: Float32Array, into = 24): Promise<Float32Array> {
  const { y = new Float32Array() } = await runGraph(graph, { x: { data: x, dims: [1, into, STEPS] } });
  return y;
}

const types = (graph: Graph): string[] => graph.nodes.map(({ opType }) => opType);

describe('convolutions as products', () => {
  const shapes: readonly Convolution[] = [
    {},
    { width: 1, pads: [0, 0] },
    { width: 1, pads: [1, 2] },
    { width: 5, pads: [2, 2] },
    { width: 4, pads: [3, 0] },
    { width: 5, pads: [0, 0] },
    { out: 16, into: 514 },
  ];
  it.each(shapes)('give the same whole numbers: %o', async (shape) => {
    const graph = convolution(shape);
    const products = convolutionsAsProducts(graph);
    expect(types(products)).toContain('MatMulInteger');
    expect(types(products)).not.toContain('ConvInteger');
    const x = someNumbers((shape.into ?? 24) * STEPS);
    expect(await sums(products, x, shape.into)).toEqual(await sums(graph, x, shape.into));
  });

  it('do not overflow where all is as large as can be', async () => {
    const into = 512;
    for (const [weight, level] of [
      [127, 1],
      [0, 1],
      [127, -1],
      [0, -1],
    ] as const) {
      const graph = convolution({ into, weights: () => weight });
      // One value on the other side of zero, so that the rest lies at an end of the scale.
      const x = new Float32Array(into * STEPS).fill(level);
      x[0] = -level;
      const found = await sums(convolutionsAsProducts(graph), x, into);
      expect(found).toEqual(await sums(graph, x, into));
      expect(Math.abs(found[10] ?? 0)).toBeGreaterThan(into * 100);
    }
  });

  it('leave alone what has a stride, groups, few channels, or weights or a zero point of eight bits', () => {
    for (const shape of [
      { stride: 2 },
      { group: 2 },
      { out: 8 },
      { weights: (i: number) => i % 256 },
      { zeroPoint: 200 },
    ] satisfies readonly Convolution[])
      expect(types(convolutionsAsProducts(convolution(shape)))).toEqual(types(convolution(shape)));
  });

  it('leave nothing behind of the old weights, and touch no other graph', () => {
    const products = convolutionsAsProducts(convolution());
    expect(products.initializers.has('w')).toBe(false);
    const plain = buildGraph();
    plain.constant('shape', () => int64Tensor([-1]));
    plain.op('Reshape', ['x', 'shape'], { output: 'y' });
    const other = plain.graph('other', [], [{ name: 'y', elementType: 'float', dims: ['all'] }]);
    expect(convolutionsAsProducts(other)).toEqual(other);
  });
});
