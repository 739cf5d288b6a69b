/**
 * An ONNX model in memory: the part of the format (`onnx.proto`) that the graphs of this program use, as plain data.
 *
 * Graphs are values: whoever changes one builds a new one. Tensor bytes may be views into the file that was read, so
 * they are never written to. Subgraphs (If, Loop), sparse tensors, strings in tensors and external data are left out: a
 * file that has them is refused on reading.
 */

/** Element types by their number in the file (`TensorProto.DataType`). */
export const ELEMENT_TYPE = { float: 1, uint8: 2, int8: 3, uint16: 4, int32: 6, int64: 7, bool: 9 } as const;

/** One of the element types that this program reads and writes. */
export type ElementTypeName = keyof typeof ELEMENT_TYPE;

/** Bytes that one element takes. */
export const ELEMENT_BYTES: Readonly<Record<ElementTypeName, number>> = {
  float: 4,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
};

/** A constant tensor. */
export interface Tensor {
  readonly elementType: ElementTypeName;
  readonly dims: readonly number[];
  /** The elements in row-major order, little-endian. May be a view at any offset of a larger buffer. */
  readonly bytes: Uint8Array;
}

/** A node's attribute. */
export type Attribute =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: Tensor }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'ints'; readonly value: readonly number[] };

/** One operation. An input or output named '' is an optional one that is left out. */
export interface GraphNode {
  readonly name: string;
  /** '' for the standard operators, 'com.microsoft' for the runtime's own. */
  readonly domain: string;
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An input or output of the graph. A size that is not known beforehand has a name. */
export interface ValueInfo {
  readonly name: string;
  readonly elementType: ElementTypeName;
  readonly dims: readonly (number | string)[];
}

/** Nodes in an order in which they can run, constants by name, inputs and outputs. */
export interface Graph {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly initializers: ReadonlyMap<string, Tensor>;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

/** A graph with the versions of the format and of the operator sets that it is written in. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly opsets: ReadonlyMap<string, number>;
  readonly graph: Graph;
}

/** Elements of a tensor with these sizes. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}
