/**
 * The snake's curve y + sin²(y) looked up in a table. The runtime computes sines in one thread, four at once, and they took a sixth of a
 * window's time; a value made into a 16-bit number and looked up takes a third of that.
 *
 * Only for what an 8-bit convolution takes: the table's steps are some twenty times finer than the convolution's own.
 */
import { int, type GraphBuilder } from '../../../onnx/graph-builder.ts';
import { ELEMENT_TYPE } from '../../../onnx/model.ts';
import { floatScalar, floatTensor, uint16Tensor } from '../../../onnx/tensor.ts';
import { wholeNumbers } from './generator-parts.ts';

/** Numbers of 16 bits: so many has a table. */
const ENTRIES = 2 ** 16;
const ZERO = ENTRIES / 2;

/** The runtime gives each thread rows of a lookup: two are made of the value, and the table stands twice. */
const ROWS = 2;

/** How far from 0 a table reaches, both ways: values beyond are taken for the last ones. A power of two, so that tables are shared. */
export function tableReach(largest: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(largest)));
}

/** Lays y + sin²(y) of a float value [1, steps, channels], the product of its sizes an even number; `reach` from {@link tableReach}. */
export function laySnakeTable(builder: GraphBuilder, value: string, channels: number, reach: number): string {
  const step = reach / ZERO;
  const numbers = builder.op(
    'QuantizeLinear',
    [
      value,
      builder.constant(`snake-${reach}/step`, () => floatScalar(step)),
      builder.constant('snake/zero', () => uint16Tensor(Uint16Array.of(ZERO), [])),
    ],
    // The standard operator of this version has no 16-bit numbers.
    { domain: 'com.microsoft' },
  );
  const entries = builder.op('Cast', [numbers], { attributes: { to: int(ELEMENT_TYPE.int32) } });
  const inRows = builder.op('Reshape', [entries, wholeNumbers(builder, ROWS, -1)]);
  const table = builder.constant(`snake-${reach}`, () => snakeTable(step));
  const found = builder.op('GatherElements', [table, inRows], { attributes: { axis: int(1) } });
  return builder.op('Reshape', [found, wholeNumbers(builder, 1, -1, channels)]);
}

function snakeTable(step: number): ReturnType<typeof floatTensor> {
  const row = Float32Array.from({ length: ENTRIES }, (_, entry) => {
    const value = (entry - ZERO) * step;
    return value + Math.sin(value) ** 2;
  });
  const rows = new Float32Array(ROWS * ENTRIES);
  for (let at = 0; at < rows.length; at += ENTRIES) rows.set(row, at);
  return floatTensor(rows, [ROWS, ENTRIES]);
}
