/**
 * Builds a graph node by node. Values are named by strings; a node whose output is not named gets a short name of its
 * own, numbered in the order of the calls, so that the same calls give the same graph.
 */
import { type Attribute, type Graph, type GraphNode, type Tensor, type ValueInfo } from './model.ts';

/** What may be said about a node besides its type and inputs. */
export interface NodeOptions {
  /** Name of the node and of its only output; by default a number. */
  readonly output?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** See the file's comment. */
export interface GraphBuilder {
  /** Adds a constant, or finds the one of this name (which is taken to be the same), and returns its name. */
  constant(name: string, tensor: () => Tensor): string;
  /** Adds a node with one output and returns the output's name. */
  op(opType: string, inputs: readonly string[], options?: NodeOptions): string;
  /** Adds a node with the named outputs. */
  opWithOutputs(
    opType: string,
    inputs: readonly string[],
    outputs: readonly string[],
    options?: Omit<NodeOptions, 'output'>,
  ): void;
  /** The graph so far. */
  graph(name: string, inputs: readonly ValueInfo[], outputs: readonly ValueInfo[]): Graph;
}

/** Starts an empty graph. */
export function buildGraph(): GraphBuilder {
  const nodes: GraphNode[] = [];
  const initializers = new Map<string, Tensor>();
  const add = (
    opType: string,
    inputs: readonly string[],
    outputs: readonly string[],
    { domain = '', attributes = {} }: NodeOptions,
  ): void => {
    const name = outputs[0] ?? `n${nodes.length}`;
    nodes.push({ name, domain, opType, inputs, outputs, attributes: new Map(Object.entries(attributes)) });
  };
  return {
    constant(name, tensor) {
      if (!initializers.has(name)) initializers.set(name, tensor());
      return name;
    },
    op(opType, inputs, options = {}) {
      const output = options.output ?? `v${nodes.length}`;
      add(opType, inputs, [output], options);
      return output;
    },
    opWithOutputs: (opType, inputs, outputs, options = {}) => add(opType, inputs, outputs, options),
    graph: (name, inputs, outputs) => ({ name, nodes: [...nodes], initializers, inputs, outputs }),
  };
}

/** An integer attribute. */
export function int(value: number): Attribute {
  return { kind: 'int', value };
}

/** A list of integers as an attribute. */
export function ints(...value: readonly number[]): Attribute {
  return { kind: 'ints', value };
}

/** A float attribute. */
export function float(value: number): Attribute {
  return { kind: 'float', value };
}

/** A text attribute. */
export function string(value: string): Attribute {
  return { kind: 'string', value };
}

/** A tensor attribute. */
export function tensor(value: Tensor): Attribute {
  return { kind: 'tensor', value };
}
