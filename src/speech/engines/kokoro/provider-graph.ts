/**
 * The float generator as other providers than the processor can run it. WebGPU gives a shader eight buffers at least and
 * ONNX Runtime takes one for each output of a Split, so the splits into dozens become trees of narrow ones; an output that
 * the decoder does not use goes. The numbers stay what they are.
 */
import type { Graph, GraphNode, OnnxModel, Tensor } from '../../onnx/model.ts';
import { prune } from '../../onnx/graph-edit.ts';
import { int64Tensor } from '../../onnx/tensor.ts';

/** Outputs of one Split, so that with its input they are eight: WebGPU's least `maxStorageBuffersPerShaderStage`. */
const WIDEST_SPLIT = 7;

/** The generator with narrow splits and only its sound as output. */
export function forProviders(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const sound = prune({ ...graph, outputs: graph.outputs.filter(({ name }) => name === 'audio') });
  return { ...model, graph: narrowSplits(sound) };
}

/** The same graph without a Split of more than {@link WIDEST_SPLIT} outputs. */
export function narrowSplits(graph: Graph): Graph {
  const initializers = new Map(graph.initializers);
  const nodes = graph.nodes.flatMap((node) => {
    const sizes = node.opType === 'Split' ? initializers.get(node.inputs[1] ?? '') : undefined;
    return sizes === undefined || node.outputs.length <= WIDEST_SPLIT
      ? [node]
      : splitTree(node, node.inputs[0] ?? '', node.outputs, sizesOf(sizes), initializers);
  });
  return prune({ ...graph, nodes, initializers });
}

function splitTree(
  original: GraphNode,
  input: string,
  outputs: readonly string[],
  sizes: readonly number[],
  initializers: Map<string, Tensor>,
): GraphNode[] {
  const length = Math.ceil(outputs.length / WIDEST_SPLIT);
  const begins = Array.from({ length: Math.ceil(outputs.length / length) }, (_, part) => part * length);
  const parts = begins.map((begin) => ({
    name: length === 1 ? (outputs[begin] ?? '') : `${input}/${outputs[begin]}+${length}`,
    outputs: outputs.slice(begin, begin + length),
    sizes: sizes.slice(begin, begin + length),
  }));
  const name = `${original.name}/${outputs[0]}/${outputs.length}`;
  initializers.set(
    `${name}/sizes`,
    int64Tensor(parts.map((part) => part.sizes.reduce((sum, size) => sum + size, 0))),
  );
  const node: GraphNode = {
    ...original,
    name,
    inputs: [input, `${name}/sizes`],
    outputs: parts.map((part) => (part.outputs.length === 1 ? (part.outputs[0] ?? '') : part.name)),
  };
  return [
    node,
    ...parts
      .filter((part) => part.outputs.length > 1)
      .flatMap((part) => splitTree(original, part.name, part.outputs, part.sizes, initializers)),
  ];
}

function sizesOf({ bytes, dims }: Tensor): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: dims[0] ?? 0 }, (_, at) => Number(view.getBigInt64(at * 8, true)));
}
