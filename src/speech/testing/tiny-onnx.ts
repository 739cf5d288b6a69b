/**
 * Makes ONNX files of a few bytes: graphs of simple nodes, encoded by hand (onnx.proto; every field is a length-delimited
 * message or a varint). For tests of what happens with a model that is not the right one.
 */

/** Element types of onnx.proto's TensorProto.DataType. */
const ELEMENT_TYPES = { float32: 1, int64: 7 } as const;

/** An input or output; a string is an open dimension. */
export interface TinyTensor {
  readonly name: string;
  readonly type: keyof typeof ELEMENT_TYPES;
  readonly shape: readonly (number | string)[];
}

export interface TinyNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The bytes of a model of these nodes. */
export function tinyOnnx(graph: {
  readonly inputs: readonly TinyTensor[];
  readonly outputs: readonly TinyTensor[];
  readonly nodes: readonly TinyNode[];
}): Uint8Array {
  const irVersion = number(1, 8);
  const opset = message(8, [...text(1, ''), ...number(2, 13)]);
  const body = [
    ...graph.nodes.flatMap((node) => message(1, encodeNode(node))),
    ...text(2, 'tiny'),
    ...graph.inputs.flatMap((tensor) => message(11, encodeTensor(tensor))),
    ...graph.outputs.flatMap((tensor) => message(12, encodeTensor(tensor))),
  ];
  return Uint8Array.from([...irVersion, ...message(7, body), ...opset]);
}

function encodeNode({ op, inputs, outputs }: TinyNode): number[] {
  return [
    ...inputs.flatMap((name) => text(1, name)),
    ...outputs.flatMap((name) => text(2, name)),
    ...text(4, op),
  ];
}

function encodeTensor({ name, type, shape }: TinyTensor): number[] {
  const dimensions = shape.flatMap((size) =>
    message(1, typeof size === 'number' ? number(1, size) : text(2, size)),
  );
  const tensorType = [...number(1, ELEMENT_TYPES[type]), ...message(2, dimensions)];
  return [...text(1, name), ...message(2, message(1, tensorType))];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function number(field: number, value: number): number[] {
  return [...varint(field * 8), ...varint(value)];
}

function message(field: number, content: readonly number[]): number[] {
  return [...varint(field * 8 + 2), ...varint(content.length), ...content];
}

function text(field: number, value: string): number[] {
  return message(field, Array.from(Buffer.from(value)));
}
