import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, float, int, ints, string, tensor } from './graph-builder.ts';
import type { OnnxModel } from './model.ts';
import { readModel } from './read-model.ts';
import { floatsOf, floatTensor, int64Tensor, int8Tensor, uint8Tensor } from './tensor.ts';
import { asModel, runGraph } from './testing/run-graph.ts';
import { modelBytes, modelPieces, totalBytes } from './write-model.ts';

/** A model that has something of everything that the format's subset can say. */
function everything(): OnnxModel {
  const builder = buildGraph();
  builder.constant('floats', () => floatTensor(Float32Array.of(1.5, -2, 3e-7), [3, 1]));
  builder.constant('empty', () => int64Tensor([]));
  builder.constant('large', () => int64Tensor([-1, 2 ** 40]));
  builder.constant('signed', () => int8Tensor(Int8Array.of(-128, 127)));
  builder.constant('scalar', () => uint8Tensor(Uint8Array.of(200), []));
  builder.op('Strange', ['floats', '', 'x'], {
    domain: 'com.microsoft',
    attributes: {
      one: int(-3),
      many: ints(1, -2, 3),
      none: ints(),
      slope: float(0.25),
      mode: string('größer'),
      value: tensor(floatTensor(Float32Array.of(7))),
    },
  });
  builder.opWithOutputs('Split', ['x'], ['left', 'right']);
  return asModel(
    builder.graph(
      'everything',
      [{ name: 'x', elementType: 'int64', dims: [1, 'length'] }],
      [{ name: 'left', elementType: 'float', dims: [] }],
    ),
  );
}

describe('a model file', () => {
  it('gives back what was written, every part of it', () => {
    expect(readModel(modelBytes(everything()))).toEqual(everything());
  });

  it('is the same bytes for the same model', () => {
    expect(modelBytes(everything())).toEqual(modelBytes(everything()));
  });

  it('comes in pieces that hold tensors uncopied', () => {
    const values = Float32Array.of(1, 2, 3);
    const builder = buildGraph();
    builder.constant('w', () => floatTensor(values));
    const pieces = modelPieces(asModel(builder.graph('g', [], [])));
    expect(pieces.some((piece) => piece.buffer === values.buffer)).toBe(true);
    expect(totalBytes(pieces)).toBe(modelBytes(asModel(builder.graph('g', [], []))).length);
  });

  it('is understood by the runtime', async () => {
    const builder = buildGraph();
    const two = builder.constant('two', () => floatTensor(Float32Array.of(2)));
    builder.op('Mul', ['x', two], { output: 'y' });
    const dims = ['n'];
    const graph = builder.graph(
      'double',
      [{ name: 'x', elementType: 'float', dims }],
      [{ name: 'y', elementType: 'float', dims }],
    );
    const { y } = await runGraph(graph, { x: { data: Float32Array.of(1, -4), dims: [2] } });
    expect(y).toEqual(Float32Array.of(2, -8));
  });

  it('may hold its numbers one a field or packed, instead of raw bytes', () => {
    const packed = new BinaryWriter().float(1).float(2).finish();
    const shape = new BinaryWriter().int64(2).int64(1).finish();
    const tensorBytes = new BinaryWriter()
      .tag(1, WireType.LengthDelimited)
      .bytes(shape)
      .tag(2, WireType.Varint)
      .int32(1)
      .tag(4, WireType.LengthDelimited)
      .bytes(packed)
      .tag(8, WireType.LengthDelimited)
      .string('w')
      .finish();
    const read = readModel(inGraph(5, tensorBytes)).graph.initializers.get('w');
    expect(read?.dims).toEqual([2, 1]);
    expect(read && floatsOf(read)).toEqual(Float32Array.of(1, 2));
  });

  it('is refused when it holds what the subset leaves out', () => {
    const subgraph = new BinaryWriter()
      .tag(1, WireType.LengthDelimited)
      .string('then_branch')
      .tag(20, WireType.Varint)
      .int32(5)
      .finish();
    const node = new BinaryWriter().tag(5, WireType.LengthDelimited).bytes(subgraph).finish();
    expect(() => readModel(inGraph(1, node))).toThrow('then_branch is of type 5');
    expect(() => readModel(new Uint8Array())).toThrow('no graph');
  });

  it('is refused when a tensor has another size than it says', () => {
    const tensorBytes = new BinaryWriter()
      .tag(1, WireType.Varint)
      .int64(3)
      .tag(2, WireType.Varint)
      .int32(1)
      .tag(9, WireType.LengthDelimited)
      .bytes(new Uint8Array(8))
      .finish();
    expect(() => readModel(inGraph(5, tensorBytes))).toThrow('has 8 bytes, not 12');
  });

  it('that is damaged ends in an error or in a model, never in anything else', () => {
    const whole = modelBytes(everything());
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }),
        (length, changes) => {
          const bytes = whole.slice(0, whole.length - length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            expect(readModel(bytes).graph.nodes.length).toBeLessThanOrEqual(whole.length);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Error);
          }
        },
      ),
    );
  });
});

/** A model file whose graph has one field. */
function inGraph(field: number, bytes: Uint8Array): Uint8Array {
  const graph = new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(bytes).finish();
  return new BinaryWriter().tag(7, WireType.LengthDelimited).bytes(graph).finish();
}
