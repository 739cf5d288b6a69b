/**
 * The pieces of which the generator's graph is laid, shared by all residual blocks: the two layouts, transposes between
 * them, means over time. Each piece is laid once and found again, however many blocks ask for it.
 *
 * Layouts: `channelsFirst` is [1, channels, time], as float convolutions want it; `channelsLast` is [1, time, channels],
 * in which the runtime's `QLinearConv` is ten times faster than its integer convolution in the other.
 */
import { int, ints, tensor, type GraphBuilder } from '../../../onnx/graph-builder.ts';
import { ELEMENT_TYPE } from '../../../onnx/model.ts';
import { floatTensor, int64Tensor } from '../../../onnx/tensor.ts';

/** See the file's comment. */
export type Layout = 'channelsFirst' | 'channelsLast';

/** Names of a value's mean over time and of its square's mean over time, each [1, channels, 1] or [1, 1, channels]. */
export interface TimeMeans {
  readonly mean: string;
  readonly meanOfSquares: string;
}

/** See the file's comment. */
export interface GeneratorParts {
  readonly builder: GraphBuilder;
  /** The value in the other layout. */
  readonly transposed: (value: string) => string;
  /** The value's first steps: as many as are to be measured. */
  readonly measuredPart: (value: string, layout: Layout) => string;
  readonly timeMeans: (value: string, layout: Layout) => TimeMeans;
  /** A constant with one number a channel, shaped for the layout. */
  readonly perChannel: (name: string, layout: Layout, values: () => Float32Array) => string;
}

/**
 * Starts the shared pieces over a builder. `measured` is the name of an int64 value [1]: of how many steps, from the first on, statistics
 * are taken; of all where there are fewer.
 */
export function generatorParts(builder: GraphBuilder, measured: string): GeneratorParts {
  const measuredParts = new Map<string, string>();
  const transposes = new Map<string, string>();
  const means = new Map<string, TimeMeans>();
  return {
    builder,
    transposed: (value) =>
      remember(transposes, value, () => {
        const result = builder.op('Transpose', [value], { attributes: { perm: ints(0, 2, 1) } });
        transposes.set(result, value);
        return result;
      }),
    measuredPart: (value, layout) =>
      remember(measuredParts, value, () => {
        const axis = wholeNumbers(builder, layout === 'channelsLast' ? 1 : 2);
        return builder.op('Slice', [value, wholeNumbers(builder, 0), measured, axis]);
      }),
    timeMeans: (value, layout) =>
      remember(means, value, () => {
        const squares = builder.op('Mul', [value, value]);
        return layout === 'channelsFirst'
          ? meansOfRows(builder, value, squares)
          : meansOfColumns(builder, value, squares);
      }),
    perChannel: (name, layout, values) =>
      builder.constant(`${name}${layout === 'channelsLast' ? '|last' : ''}`, () => {
        const numbers = values();
        return floatTensor(
          numbers,
          layout === 'channelsLast' ? [1, 1, numbers.length] : [1, numbers.length, 1],
        );
      }),
  };
}

/** A constant list of whole numbers, found again by its content. */
export function wholeNumbers(builder: GraphBuilder, ...values: readonly number[]): string {
  return builder.constant(`[${values.join(',')}]`, () => int64Tensor(values));
}

function meansOfRows(builder: GraphBuilder, value: string, squares: string): TimeMeans {
  const axis = wholeNumbers(builder, 2);
  return {
    mean: builder.op('ReduceMean', [value, axis]),
    meanOfSquares: builder.op('ReduceMean', [squares, axis]),
  };
}

/** The runtime's ReduceMean over a middle axis is slow; a product with a row of 1/T is not. */
function meansOfColumns(builder: GraphBuilder, value: string, squares: string): TimeMeans {
  const steps = builder.op('Shape', [value], { attributes: { start: int(1), end: int(2) } });
  const shape = builder.op('Concat', [wholeNumbers(builder, 1, 1), steps], { attributes: { axis: int(0) } });
  const ones = builder.op('ConstantOfShape', [shape], {
    attributes: { value: tensor(floatTensor(Float32Array.of(1))) },
  });
  const count = builder.op('Cast', [steps], { attributes: { to: int(ELEMENT_TYPE.float) } });
  const row = builder.op('Div', [ones, count]);
  return {
    mean: builder.op('MatMul', [row, value]),
    meanOfSquares: builder.op('MatMul', [row, squares]),
  };
}

function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
