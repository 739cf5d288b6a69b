/**
 * Reads an ONNX file's bytes into an {@link OnnxModel}. Tensor data stays where it is (views), so a model of 90 MB costs
 * no second 90 MB. Names for people (documentation, metadata, inner shapes) are dropped. Throws a plain `Error` that says
 * what is wrong: bytes that are no protobuf, or a part of the format that {@link OnnxModel} leaves out.
 *
 * Field numbers are those of `onnx.proto` (ONNX 1.17).
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import {
  ELEMENT_TYPE,
  type Attribute,
  type ElementTypeName,
  type Graph,
  type GraphNode,
  type OnnxModel,
  type Tensor,
  type ValueInfo,
} from './model.ts';
import { checked } from './tensor.ts';

/** See the file's comment. */
export function readModel(bytes: Uint8Array): OnnxModel {
  let irVersion = 0;
  let graph: Graph | undefined;
  const opsets = new Map<string, number>();
  eachField(bytes, {
    1: (reader) => (irVersion = integer(reader)),
    7: (reader) => (graph = readGraph(reader.bytes())),
    8: (reader) => {
      const opset = readOpset(reader.bytes());
      opsets.set(opset.domain, opset.version);
    },
    25: () => {
      throw new Error('the model holds functions of its own');
    },
  });
  if (graph === undefined) throw new Error('the file holds no graph');
  return { irVersion, opsets, graph };
}

/** What to do with each field by its number; fields that are not named are skipped. */
type FieldReaders = Readonly<Record<number, (reader: BinaryReader, wireType: WireType) => void>>;

function eachField(bytes: Uint8Array, fields: FieldReaders): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const read = fields[number];
    if (read === undefined) reader.skip(wireType, number);
    else read(reader, wireType);
  }
}

function readOpset(bytes: Uint8Array): { domain: string; version: number } {
  const opset = { domain: '', version: 0 };
  eachField(bytes, {
    1: (reader) => (opset.domain = reader.string()),
    2: (reader) => (opset.version = integer(reader)),
  });
  return opset;
}

function readGraph(bytes: Uint8Array): Graph {
  let name = '';
  const nodes: GraphNode[] = [];
  const initializers = new Map<string, Tensor>();
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  eachField(bytes, {
    1: (reader) => nodes.push(readNode(reader.bytes())),
    2: (reader) => (name = reader.string()),
    5: (reader) => {
      const tensor = readTensor(reader.bytes());
      initializers.set(tensor.name, tensor.tensor);
    },
    11: (reader) => inputs.push(readValueInfo(reader.bytes())),
    12: (reader) => outputs.push(readValueInfo(reader.bytes())),
    15: () => {
      throw new Error('the graph holds sparse tensors');
    },
  });
  return { name, nodes, initializers, inputs, outputs };
}

function readNode(bytes: Uint8Array): GraphNode {
  const node = { name: '', domain: '', opType: '' };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  eachField(bytes, {
    1: (reader) => inputs.push(reader.string()),
    2: (reader) => outputs.push(reader.string()),
    3: (reader) => (node.name = reader.string()),
    4: (reader) => (node.opType = reader.string()),
    5: (reader) => {
      const { name, attribute } = readAttribute(reader.bytes());
      attributes.set(name, attribute);
    },
    7: (reader) => (node.domain = reader.string()),
  });
  return { ...node, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array): { name: string; attribute: Attribute } {
  let name = '';
  let type = 0;
  let float = 0;
  let int = 0;
  let string = '';
  let tensor: Tensor | undefined;
  const floats: number[] = [];
  const ints: number[] = [];
  eachField(bytes, {
    1: (reader) => (name = reader.string()),
    2: (reader) => (float = reader.float()),
    3: (reader) => (int = integer(reader)),
    4: (reader) => (string = reader.string()),
    5: (reader) => (tensor = readTensor(reader.bytes()).tensor),
    7: (reader, wireType) => repeated(reader, wireType, (from) => floats.push(from.float())),
    8: (reader, wireType) => repeated(reader, wireType, (from) => ints.push(integer(from))),
    20: (reader) => (type = reader.int32()),
  });
  return { name, attribute: attributeOf(name, type, { float, int, string, tensor, floats, ints }) };
}

/** Values of `AttributeProto.AttributeType` choose which of the fields counts. */
function attributeOf(
  name: string,
  type: number,
  values: {
    float: number;
    int: number;
    string: string;
    tensor: Tensor | undefined;
    floats: readonly number[];
    ints: readonly number[];
  },
): Attribute {
  switch (type) {
    case 1:
      return { kind: 'float', value: values.float };
    case 2:
      return { kind: 'int', value: values.int };
    case 3:
      return { kind: 'string', value: values.string };
    case 4:
      if (values.tensor === undefined) throw new Error(`the attribute ${name} holds no tensor`);
      return { kind: 'tensor', value: values.tensor };
    case 6:
      return { kind: 'floats', value: values.floats };
    case 7:
      return { kind: 'ints', value: values.ints };
    default:
      throw new Error(`the attribute ${name} is of type ${type}, which is not supported`);
  }
}

function readTensor(bytes: Uint8Array): { name: string; tensor: Tensor } {
  let name = '';
  let type = 0;
  let raw: Uint8Array | undefined;
  const dims: number[] = [];
  const floats: number[] = [];
  const ints: number[] = [];
  eachField(bytes, {
    1: (reader, wireType) => repeated(reader, wireType, (from) => dims.push(integer(from))),
    2: (reader) => (type = reader.int32()),
    4: (reader, wireType) => repeated(reader, wireType, (from) => floats.push(from.float())),
    5: (reader, wireType) => repeated(reader, wireType, (from) => ints.push(from.int32())),
    7: (reader, wireType) => repeated(reader, wireType, (from) => ints.push(integer(from))),
    8: (reader) => (name = reader.string()),
    9: (reader) => (raw = reader.bytes()),
    13: () => {
      throw new Error('a tensor lies outside the file');
    },
  });
  const elementType = elementTypeName(type);
  const data = raw ?? (elementType === 'float' ? packFloats(floats) : packIntegers(elementType, ints));
  return { name, tensor: checked({ elementType, dims, bytes: data }) };
}

function packFloats(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

function packIntegers(elementType: Exclude<ElementTypeName, 'float'>, values: readonly number[]): Uint8Array {
  switch (elementType) {
    case 'int64':
      return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    case 'int32':
      return new Uint8Array(Int32Array.from(values).buffer);
    case 'uint16':
      return new Uint8Array(Uint16Array.from(values).buffer);
    case 'int8':
    case 'uint8':
    case 'bool':
      return Uint8Array.from(values);
  }
}

function readValueInfo(bytes: Uint8Array): ValueInfo {
  let name = '';
  let type: Omit<ValueInfo, 'name'> | undefined;
  eachField(bytes, {
    1: (reader) => (name = reader.string()),
    2: (reader) => (type = readTensorType(reader.bytes())),
  });
  if (type === undefined) throw new Error(`${name} has no type`);
  return { name, ...type };
}

/** `TypeProto` → its only supported case, `TypeProto.Tensor`. */
function readTensorType(bytes: Uint8Array): Omit<ValueInfo, 'name'> {
  let elementType: ElementTypeName | undefined;
  const dims: (number | string)[] = [];
  eachField(bytes, {
    1: (tensorReader) =>
      eachField(tensorReader.bytes(), {
        1: (reader) => (elementType = elementTypeName(reader.int32())),
        2: (shapeReader) =>
          eachField(shapeReader.bytes(), {
            1: (reader) => dims.push(readDimension(reader.bytes())),
          }),
      }),
  });
  if (elementType === undefined) throw new Error('an input or output is no tensor');
  return { elementType, dims };
}

function readDimension(bytes: Uint8Array): number | string {
  let size: number | string = '';
  eachField(bytes, {
    1: (reader) => (size = integer(reader)),
    2: (reader) => (size = reader.string()),
  });
  return size;
}

function elementTypeName(number: number): ElementTypeName {
  const names: readonly ElementTypeName[] = ['float', 'uint8', 'int8', 'int32', 'int64', 'bool'];
  const name = names.find((candidate) => ELEMENT_TYPE[candidate] === number);
  if (name === undefined) throw new Error(`element type ${number} is not supported`);
  return name;
}

/** A repeated number stands either one a field or packed, all in one. */
function repeated(reader: BinaryReader, wireType: WireType, read: (from: BinaryReader) => void): void {
  if (wireType !== WireType.LengthDelimited) {
    read(reader);
    return;
  }
  const packed = new BinaryReader(reader.bytes());
  while (packed.pos < packed.len) read(packed);
}

function integer(reader: BinaryReader): number {
  const value = Number(reader.int64());
  if (!Number.isSafeInteger(value)) throw new Error(`the number ${value} is too large`);
  return value;
}
