/**
 * The pass "convolutions as products": the front's 8-bit convolutions become matrix products, which the runtime computes from
 * packed weights with the CPU's instructions for 8 bits. Its `ConvInteger` packs anew in every run and took more than half
 * of the front's time.
 *
 * Nothing is rounded: products and sums are those of whole numbers before and after, so that the graph gives the same to the bit.
 * The official file's weights are of seven bits (0 to 127, made with `reduce_range`). Less 64, and their zero point too, they are signed.
 * Signed weights are what CPUs without VNNI multiply fastest, by adding two products in 16 bits, where 2 × 255 × 64 has room
 * and 2 × 255 × 127 would not.
 */
import { int, ints } from '../../../onnx/graph-builder.ts';
import { inputOf, operation, outputOf, prune } from '../../../onnx/graph-edit.ts';
import type { Graph, GraphNode, Tensor } from '../../../onnx/model.ts';
import { int64Tensor, int8Tensor } from '../../../onnx/tensor.ts';

/** Convolutions with fewer channels out than this stay: they take no time worth the copying around. */
const LEAST_CHANNELS = 16;

/** The largest weight of seven bits, and what is taken off it to make it signed. */
const LARGEST_WEIGHT = 127;
const SHIFT = 64;

/** As the end of a slice: behind any. */
const TO_THE_END = Number.MAX_SAFE_INTEGER;

/** Name of a constant. */
const TIME_AXIS = 'products/time-axis';

/** A convolution over time that the pass can turn: each step of the result sees `width` steps of the input. */
interface TimeConvolution {
  /** Weights [channels out, channels in, width]. */
  readonly weights: Tensor;
  readonly zeroPoint: number;
  readonly width: number;
  /** Steps of padding before and after. */
  readonly pads: readonly [number, number];
}

/** The same graph with every `ConvInteger` over time that has seven-bit weights, no stride and no groups as a product. */
export function convolutionsAsProducts(graph: Graph): Graph {
  const initializers = new Map(graph.initializers);
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    const convolution = timeConvolution(node, graph);
    if (convolution === undefined) return [node];
    const { name } = node;
    initializers
      .set(`${name}/rows`, rowsOf(convolution))
      .set(`${name}/rows-zero`, int8Tensor(Int8Array.of(convolution.zeroPoint - SHIFT), []));
    return [
      operation('Transpose', [inputOf(node, 0)], [`${name}/by-time`], { perm: ints(0, 2, 1) }),
      ...sideBySide(node, convolution, initializers),
      operation(
        'MatMulInteger',
        [`${name}/seen`, `${name}/rows`, inputOf(node, 2), `${name}/rows-zero`],
        [`${name}/product`],
      ),
      operation('Transpose', [`${name}/product`], [outputOf(node)], { perm: ints(0, 2, 1) }),
    ];
  });
  return prune({ ...graph, nodes, initializers });
}

/**
 * From `by-time` [1, steps, channels] to `seen` [1, steps out, width × channels]: what each step of the result sees, the earliest first.
 * Adds the constants that it needs to `initializers`.
 */
function sideBySide(
  node: GraphNode,
  { width, pads: [before, after] }: TimeConvolution,
  initializers: Map<string, Tensor>,
): GraphNode[] {
  const { name } = node;
  if (width === 1 && before + after === 0)
    return [operation('Identity', [`${name}/by-time`], [`${name}/seen`])];
  initializers.set(`${name}/pads`, int64Tensor([0, before, 0, 0, after, 0]));
  initializers.set(TIME_AXIS, int64Tensor([1]));
  const shifts = Array.from({ length: width }, (_, shift) => {
    initializers
      .set(`${name}/from-${shift}`, int64Tensor([shift]))
      .set(`${name}/to-${shift}`, int64Tensor([shift < width - 1 ? shift - width + 1 : TO_THE_END]));
    return operation(
      'Slice',
      [`${name}/padded`, `${name}/from-${shift}`, `${name}/to-${shift}`, TIME_AXIS],
      [`${name}/shift-${shift}`],
    );
  });
  return [
    operation('Pad', [`${name}/by-time`, `${name}/pads`, inputOf(node, 2)], [`${name}/padded`]),
    ...shifts,
    operation(
      'Concat',
      shifts.map((shift) => outputOf(shift)),
      [`${name}/seen`],
      { axis: int(2) },
    ),
  ];
}

/** The node as a convolution that the pass can turn; undefined where it is none. */
function timeConvolution(node: GraphNode, { initializers }: Graph): TimeConvolution | undefined {
  if (node.opType !== 'ConvInteger') return undefined;
  const weights = initializers.get(node.inputs[1] ?? '');
  const zeroPoint = initializers.get(node.inputs[3] ?? '');
  if (weights?.elementType !== 'uint8' || weights.dims.length !== 3) return undefined;
  if (zeroPoint?.elementType !== 'uint8' || zeroPoint.bytes.length !== 1) return undefined;
  const [zero = 0] = zeroPoint.bytes;
  const [channels = 0, , width = 0] = weights.dims;
  const isPlain = ['strides', 'dilations', 'group'].every((name) => numbersOf(node, name, 1).join() === '1');
  const [before = 0, after = 0] = numbersOf(node, 'pads', 0);
  const padding = node.attributes.get('auto_pad');
  if (!isPlain || (padding !== undefined && padding.value !== 'NOTSET')) return undefined;
  if (channels < LEAST_CHANNELS || zero > LARGEST_WEIGHT) return undefined;
  if (weights.bytes.some((weight) => weight > LARGEST_WEIGHT)) return undefined;
  return { weights, zeroPoint: zero, width, pads: [before, after] };
}

/** The weights as signed rows [width × channels in, channels out]. */
function rowsOf({ weights: { dims, bytes } }: TimeConvolution): Tensor {
  const [out = 0, into = 0, width = 0] = dims;
  const rows = new Int8Array(bytes.length);
  for (let to = 0; to < out; to++)
    for (let from = 0; from < into; from++)
      for (let shift = 0; shift < width; shift++)
        rows[(shift * into + from) * out + to] = (bytes[(to * into + from) * width + shift] ?? 0) - SHIFT;
  return int8Tensor(rows, [width * into, out]);
}

function numbersOf(node: GraphNode, attribute: string, otherwise: number): readonly number[] {
  const found = node.attributes.get(attribute);
  if (found?.kind === 'int') return [found.value];
  return found?.kind === 'ints' ? found.value : [otherwise];
}
