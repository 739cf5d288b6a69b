/**
 * The pass "dequantise": nodes that multiply 8-bit integers with scales found at run time become the float nodes that they
 * stand for. What a node computed up to the rounding of its input is then computed without that rounding.
 *
 * Recognised are the shapes that ONNX Runtime's dynamic quantisation writes:
 *
 *     x → DynamicQuantizeLinear → ConvInteger → (Add of the bias, quantised) → Cast → Mul by both scales      → Conv
 *     x → DynamicQuantizeLinear → MatMulInteger → Cast → Mul by both scales                                    → MatMul
 *     DynamicQuantizeLSTM (com.microsoft)                                                                      → LSTM
 */
import type { Attribute, Graph, GraphNode, Tensor } from '../../../onnx/model.ts';
import { indexGraph, inputOf, outputOf, prune, type GraphIndex } from '../../../onnx/graph-edit.ts';
import { bytesAsIntegers, floatsOf, floatTensor } from '../../../onnx/tensor.ts';

/**
 * The same graph with every quantised node for which `wanted` holds in float. The float node takes the quantised node's
 * name without its ending `_quant`, and its output the name that the chain's last node gave. Throws a plain `Error`
 * where a wanted node does not stand in one of the known shapes.
 */
export function dequantise(graph: Graph, wanted: (node: GraphNode) => boolean): Graph {
  const index = indexGraph(graph);
  const replaced = new Map<GraphNode, GraphNode>();
  const dropped = new Set<GraphNode>();
  const initializers = new Map(graph.initializers);
  for (const node of graph.nodes) {
    const read = READERS[node.opType];
    if (read === undefined || !wanted(node)) continue;
    const { floatNode, chain, constants } = read(node, index);
    replaced.set(node, floatNode);
    for (const link of chain) dropped.add(link);
    for (const [name, tensor] of constants) initializers.set(name, tensor);
  }
  const nodes = graph.nodes.flatMap((node) => {
    const floatNode = replaced.get(node);
    if (floatNode !== undefined) return [floatNode];
    return dropped.has(node) ? [] : [node];
  });
  return prune({ ...graph, nodes, initializers });
}

/** A quantised node read as what it means. */
interface Reading {
  readonly floatNode: GraphNode;
  /** Further nodes that the float node makes needless. */
  readonly chain: readonly GraphNode[];
  readonly constants: readonly (readonly [string, Tensor])[];
}

const READERS: Readonly<Record<string, (node: GraphNode, index: GraphIndex) => Reading>> = {
  ConvInteger: (node, index) => readProduct('Conv', node, index),
  MatMulInteger: (node, index) => readProduct('MatMul', node, index),
  DynamicQuantizeLSTM: readLstm,
};

function readProduct(opType: 'Conv' | 'MatMul', node: GraphNode, index: GraphIndex): Reading {
  const quantiser = index.producer(inputOf(node, 0));
  expectType(quantiser, 'DynamicQuantizeLinear');
  const chain: GraphNode[] = [];
  let next = index.onlyConsumer(outputOf(node));
  let bias: string | undefined;
  if (next.opType === 'Add') {
    bias = biasBehind(otherInput(next, outputOf(node)), index);
    chain.push(next);
    next = index.onlyConsumer(outputOf(next));
  }
  expectType(next, 'Cast');
  const scaling = index.onlyConsumer(outputOf(next));
  expectType(scaling, 'Mul');
  chain.push(next, scaling);
  const scales = index.producer(otherInput(scaling, outputOf(next)));
  expectType(scales, 'Mul');
  const weightScale = otherInput(scales, outputOf(quantiser, 1));
  const weights = index.constant(inputOf(node, 1));
  const weightZero = node.inputs[3];
  const name = `${inputOf(node, 1)}|${weightScale}_f32`;
  const tensor = floatTensor(
    scaleIntegers(
      weights,
      index.constant(weightScale),
      weightZero === undefined || weightZero === '' ? undefined : index.constant(weightZero),
      opType === 'Conv' ? 0 : weights.dims.length - 1,
    ),
    weights.dims,
  );
  return {
    floatNode: {
      name: floatName(node),
      domain: '',
      opType,
      inputs: [inputOf(quantiser, 0), name, ...(bias === undefined ? [] : [bias])],
      outputs: scaling.outputs,
      attributes: node.attributes,
    },
    chain,
    constants: [[name, tensor]],
  };
}

/** The float bias stands, divided by both scales, rounded, cast and reshaped, before the integer Add. */
function biasBehind(value: string, index: GraphIndex): string {
  let node = index.producer(value);
  while (node.opType !== 'Div') {
    if (!['Reshape', 'Cast', 'Floor', 'Round'].includes(node.opType))
      throw new Error(`${node.name} (${node.opType}) is not part of a quantised bias`);
    node = index.producer(inputOf(node, 0));
  }
  const bias = inputOf(node, 0);
  index.constant(bias);
  return bias;
}

function readLstm(node: GraphNode, index: GraphIndex): Reading {
  const constants = [1, 2].map((position): readonly [string, Tensor] => {
    const name = inputOf(node, position);
    const scaleAt = position === 1 ? 8 : 10;
    return [
      `${name}_f32`,
      lstmWeights(
        index.constant(name),
        index.constant(inputOf(node, scaleAt)),
        index.constant(inputOf(node, scaleAt + 1)),
      ),
    ];
  });
  const kept = ['direction', 'hidden_size'].flatMap((key): [string, Attribute][] => {
    const attribute = node.attributes.get(key);
    return attribute === undefined ? [] : [[key, attribute]];
  });
  const inputs = [inputOf(node, 0), ...constants.map(([name]) => name), ...node.inputs.slice(3, 8)];
  while (inputs.at(-1) === '') inputs.pop();
  return {
    floatNode: {
      name: floatName(node),
      domain: '',
      opType: 'LSTM',
      inputs,
      outputs: node.outputs,
      attributes: new Map(kept),
    },
    chain: [],
    constants,
  };
}

/** Quantised LSTM weights are [directions, inputs, 4 · hidden]; float ones [directions, 4 · hidden, inputs]. */
function lstmWeights(quantised: Tensor, scale: Tensor, zero: Tensor): Tensor {
  const [directions = 0, rows = 0, columns = 0] = quantised.dims;
  const values = bytesAsIntegers(quantised);
  const scales = floatsOf(scale);
  const zeros = bytesAsIntegers(zero);
  const perDirection = scales.length / directions;
  const result = new Float32Array(values.length);
  for (let direction = 0; direction < directions; direction++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const at = direction * perDirection + (perDirection === 1 ? 0 : column);
        const value =
          valueAt(values, (direction * rows + row) * columns + column) - valueAt(zeros, at % zeros.length);
        result[(direction * columns + column) * rows + row] = value * valueAt(scales, at);
      }
  return floatTensor(result, [directions, columns, rows]);
}

/** (value − zero) · scale; scale and zero are one for all, or one for each index along `axis`. */
function scaleIntegers(weights: Tensor, scale: Tensor, zero: Tensor | undefined, axis: number): Float32Array {
  const values = bytesAsIntegers(weights);
  const scales = floatsOf(scale);
  const zeros = zero === undefined ? Int8Array.of(0) : bytesAsIntegers(zero);
  const size = weights.dims[axis] ?? 1;
  for (const { length } of [scales, zeros])
    if (length !== 1 && length !== size) throw new Error(`${length} scales or zeros stand over ${size} rows`);
  const step = weights.dims.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  const result = new Float32Array(values.length);
  for (let i = 0; i < result.length; i++) {
    const at = Math.floor(i / step) % size;
    result[i] =
      (valueAt(values, i) - valueAt(zeros, at % zeros.length)) * valueAt(scales, at % scales.length);
  }
  return result;
}

function valueAt(values: Int8Array | Uint8Array | Float32Array, position: number): number {
  return values[position] ?? 0;
}

function otherInput(node: GraphNode, known: string): string {
  const others = node.inputs.filter((input) => input !== known);
  const [other] = others;
  if (other === undefined || others.length !== 1 || node.inputs.length !== 2)
    throw new Error(`${node.name} does not join ${known} with one other value`);
  return other;
}

function expectType(node: GraphNode, opType: string): void {
  if (node.opType !== opType) throw new Error(`${node.name} is ${node.opType} where ${opType} should stand`);
}

function floatName(node: GraphNode): string {
  return node.name.replace(/_quant$/, '');
}
