/** Looking around in a graph and taking away what nothing needs. */
import type { Attribute, Graph, GraphNode, Tensor } from './model.ts';

/** Who makes and who takes each value of a graph. Lookups throw a plain `Error` that names what is missing. */
export interface GraphIndex {
  readonly graph: Graph;
  /** The node with this name. */
  node(name: string): GraphNode;
  /** The node that makes `value`. */
  producer(value: string): GraphNode;
  /** All nodes that take `value`. */
  consumers(value: string): readonly GraphNode[];
  /** The one node that takes `value`. */
  onlyConsumer(value: string): GraphNode;
  /** The constant named `value`. */
  constant(value: string): Tensor;
  isConstant(value: string): boolean;
}

/** Indexes a graph for lookups. */
export function indexGraph(graph: Graph): GraphIndex {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const producers = new Map<string, GraphNode>();
  const consumers = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    for (const output of node.outputs) producers.set(output, node);
    for (const input of new Set(node.inputs)) {
      const known = consumers.get(input);
      if (known === undefined) consumers.set(input, [node]);
      else known.push(node);
    }
  }
  return {
    graph,
    node: (name) => nodes.get(name) ?? missing(`no node is named ${name}`),
    producer: (value) => producers.get(value) ?? missing(`no node makes ${value}`),
    consumers: (value) => consumers.get(value) ?? [],
    onlyConsumer(value) {
      const [only, ...others] = consumers.get(value) ?? [];
      if (only === undefined || others.length > 0)
        return missing(`${value} is not taken by exactly one node`);
      return only;
    },
    constant: (value) => graph.initializers.get(value) ?? missing(`no constant is named ${value}`),
    isConstant: (value) => graph.initializers.has(value),
  };
}

/** The node's input at `position`; throws where it has none. */
export function inputOf(node: GraphNode, position: number): string {
  const input = node.inputs[position];
  if (input === undefined || input === '') return missing(`${node.name} has no input ${position}`);
  return input;
}

/** The node's output at `position`; throws where it has none. */
export function outputOf(node: GraphNode, position = 0): string {
  const output = node.outputs[position];
  if (output === undefined || output === '') return missing(`${node.name} has no output ${position}`);
  return output;
}

/** A standard operation, named after what it makes. */
export function operation(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): GraphNode {
  const name = outputs.join();
  return { name, domain: '', opType, inputs, outputs, attributes: new Map(Object.entries(attributes)) };
}

/** The same graph without the nodes and constants that none of its outputs needs. Inputs stay. */
export function prune(graph: Graph): Graph {
  const needed = new Set(graph.outputs.map((output) => output.name));
  const kept: GraphNode[] = [];
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    kept.push(node);
    for (const input of node.inputs) needed.add(input);
  }
  return {
    ...graph,
    nodes: kept.reverse(),
    initializers: new Map([...graph.initializers].filter(([name]) => needed.has(name))),
  };
}

function missing(what: string): never {
  throw new Error(what);
}
