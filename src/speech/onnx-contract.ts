/**
 * Compares what an ONNX graph takes and gives with what an engine was written for, so that a wrong model file is one clear
 * list at load and not a strange error, or strange sound, at the first sentence.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { PHRASES } from '../common/strings/phrases.ts';

/** One input or output that the engine relies on. */
export interface TensorContract {
  readonly name: string;
  readonly type: Tensor.Type;
  /** A number must be just so; undefined may be any size. The length is the rank. */
  readonly shape: readonly (number | undefined)[];
}

/** All inputs of a graph, and those of its outputs that are used. */
export interface GraphContract {
  readonly inputs: readonly TensorContract[];
  readonly outputs: readonly TensorContract[];
}

/** The parts of a session that are compared. */
export type GraphFacts = Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>;

/** The differences, each a short clause; empty when the graph is as expected. Outputs beyond the contract are allowed. */
export function graphDifferences(graph: GraphFacts, contract: GraphContract): string[] {
  const known = new Set(contract.inputs.map((input) => input.name));
  const extra = graph.inputMetadata.filter((input) => !known.has(input.name));
  return [
    ...contract.inputs.flatMap((input) => tensorDifferences('input', input, graph.inputMetadata)),
    ...extra.map((input) => PHRASES.graph.unknownInput(input.name)),
    ...contract.outputs.flatMap((output) => tensorDifferences('output', output, graph.outputMetadata)),
  ];
}

function tensorDifferences(
  role: 'input' | 'output',
  wanted: TensorContract,
  found: readonly InferenceSession.ValueMetadata[],
): string[] {
  const subject = `${role} "${wanted.name}"`;
  const actual = found.find((value) => value.name === wanted.name);
  if (actual === undefined) return [PHRASES.graph.missing(subject)];
  if (!actual.isTensor) return [PHRASES.graph.noTensor(subject)];
  const differences: string[] = [];
  if (actual.type !== wanted.type) differences.push(`${subject} is ${actual.type}, not ${wanted.type}`);
  if (!shapesFit(wanted.shape, actual.shape))
    differences.push(PHRASES.graph.wrongShape(subject, shapeText(actual.shape), shapeText(wanted.shape)));
  return differences;
}

/** A dimension that the graph leaves open (a name, or −1) fits any wanted size. */
function shapesFit(wanted: readonly (number | undefined)[], actual: readonly (number | string)[]): boolean {
  return (
    wanted.length === actual.length &&
    wanted.every((size, axis) => {
      const given = actual[axis];
      return size === undefined || typeof given !== 'number' || given < 0 || given === size;
    })
  );
}

function shapeText(shape: readonly (number | string | undefined)[]): string {
  return `[${shape.map((size) => size ?? '?').join(', ')}]`;
}
