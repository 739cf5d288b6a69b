/**
 * Writes an {@link OnnxModel} as the bytes of an ONNX file, in pieces: small ones for the structure and, between them,
 * each large tensor's own bytes uncopied. The same model gives the same bytes.
 *
 * Field numbers are those of `onnx.proto` (ONNX 1.17).
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  ELEMENT_TYPE,
  type Attribute,
  type GraphNode,
  type OnnxModel,
  type Tensor,
  type ValueInfo,
} from './model.ts';
import { unreachable } from '../../common/result.ts';

/** Values of `AttributeProto.AttributeType`. */
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const;

/** The file's bytes in order. Pieces may be views of the model's tensors: write or copy them, do not keep them. */
export function modelPieces(model: OnnxModel): readonly Uint8Array[] {
  const { graph } = model;
  const graphPieces = [
    piece((writer) => {
      for (const node of graph.nodes) message(writer, 1, nodeBytes(node));
      text(writer, 2, graph.name);
    }),
    ...[...graph.initializers].flatMap(([name, tensor]) => initializerPieces(name, tensor)),
    piece((writer) => {
      for (const input of graph.inputs) message(writer, 11, valueInfoBytes(input));
      for (const output of graph.outputs) message(writer, 12, valueInfoBytes(output));
    }),
  ];
  return [
    piece((writer) => {
      integer(writer, 1, model.irVersion);
      text(writer, 2, 'aloud');
      for (const [domain, version] of model.opsets)
        message(
          writer,
          8,
          piece((opset) => {
            text(opset, 1, domain);
            integer(opset, 2, version);
          }),
        );
      writer.tag(7, WireType.LengthDelimited).uint32(totalBytes(graphPieces));
    }),
    ...graphPieces,
  ];
}

/** The whole file in one buffer, for models small enough to be held twice. */
export function modelBytes(model: OnnxModel): Uint8Array {
  const pieces = modelPieces(model);
  const whole = new Uint8Array(totalBytes(pieces));
  let offset = 0;
  for (const part of pieces) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

/** Bytes of all pieces together. */
export function totalBytes(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, part) => sum + part.byteLength, 0);
}

/** A tensor's head (with the length of the whole message) and then its data as it lies in memory. */
function initializerPieces(name: string, tensor: Tensor): Uint8Array[] {
  const head = piece((writer) => tensorHead(writer, name, tensor));
  return [
    piece((writer) =>
      writer
        .tag(5, WireType.LengthDelimited)
        .uint32(head.byteLength + tensor.bytes.byteLength)
        .raw(head),
    ),
    tensor.bytes,
  ];
}

/** All of a `TensorProto` but the bytes of its last field, `raw_data`, whose length it ends with. */
function tensorHead(writer: BinaryWriter, name: string, { dims, elementType, bytes }: Tensor): void {
  for (const size of dims) integer(writer, 1, size);
  integer(writer, 2, ELEMENT_TYPE[elementType]);
  text(writer, 8, name);
  writer.tag(9, WireType.LengthDelimited).uint32(bytes.byteLength);
}

function nodeBytes(node: GraphNode): Uint8Array {
  return piece((writer) => {
    for (const input of node.inputs) text(writer, 1, input);
    for (const output of node.outputs) text(writer, 2, output);
    text(writer, 3, node.name);
    text(writer, 4, node.opType);
    for (const [name, attribute] of node.attributes) message(writer, 5, attributeBytes(name, attribute));
    if (node.domain !== '') text(writer, 7, node.domain);
  });
}

function attributeBytes(name: string, attribute: Attribute): Uint8Array {
  return piece((writer) => {
    text(writer, 1, name);
    switch (attribute.kind) {
      case 'float':
        writer.tag(2, WireType.Bit32).float(attribute.value);
        break;
      case 'int':
        integer(writer, 3, attribute.value);
        break;
      case 'string':
        text(writer, 4, attribute.value);
        break;
      case 'tensor':
        message(
          writer,
          5,
          piece((tensor) => {
            tensorHead(tensor, '', attribute.value);
            tensor.raw(attribute.value.bytes);
          }),
        );
        break;
      case 'floats':
        for (const value of attribute.value) writer.tag(7, WireType.Bit32).float(value);
        break;
      case 'ints':
        for (const value of attribute.value) integer(writer, 8, value);
        break;
      default:
        unreachable(attribute);
    }
    integer(writer, 20, ATTRIBUTE_TYPE[attribute.kind]);
  });
}

function valueInfoBytes({ name, elementType, dims }: ValueInfo): Uint8Array {
  const shape = piece((writer) => {
    for (const size of dims)
      message(
        writer,
        1,
        piece((dimension) =>
          typeof size === 'number' ? integer(dimension, 1, size) : text(dimension, 2, size),
        ),
      );
  });
  const tensorType = piece((writer) => {
    integer(writer, 1, ELEMENT_TYPE[elementType]);
    message(writer, 2, shape);
  });
  return piece((writer) => {
    text(writer, 1, name);
    message(
      writer,
      2,
      piece((type) => message(type, 1, tensorType)),
    );
  });
}

function piece(write: (writer: BinaryWriter) => unknown): Uint8Array {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}

function message(writer: BinaryWriter, field: number, bytes: Uint8Array): void {
  writer.tag(field, WireType.LengthDelimited).bytes(bytes);
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}
