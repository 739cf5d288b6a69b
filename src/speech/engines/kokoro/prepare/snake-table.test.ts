import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../../onnx/graph-builder.ts';
import type { Graph } from '../../../onnx/model.ts';
import { runGraph } from '../../../onnx/testing/run-graph.ts';
import { laySnakeTable, tableReach } from './snake-table.ts';

const CHANNELS = 4;

function tableGraph(reach: number): Graph {
  const builder = buildGraph();
  const found = laySnakeTable(builder, 'x', CHANNELS, reach);
  builder.op('Identity', [found], { output: 'y' });
  return builder.graph(
    'table',
    [{ name: 'x', elementType: 'float', dims: [1, 'steps', CHANNELS] }],
    [{ name: 'y', elementType: 'float', dims: [1, 'steps', CHANNELS] }],
  );
}

async function lookedUp(values: Float32Array, reach: number): Promise<Float32Array> {
  const dims = [1, values.length / CHANNELS, CHANNELS];
  const { y } = await runGraph(tableGraph(reach), { x: { data: values, dims } });
  if (y === undefined) throw new Error('the graph gave nothing');
  return y;
}

const snake = (value: number): number => value + Math.sin(value) ** 2;

describe('the table of the snake', () => {
  it.each([1, 16, 64])('gives the curve to its own step wherever it reaches, up to %d', async (reach) => {
    const values = Float32Array.from({ length: 4_000 }, (_, i) => (reach * 0.9999 * (i - 2_000)) / 2_000);
    const step = reach / 2 ** 15;
    const found = await lookedUp(values, reach);
    // The curve rises by 2 at most, and a number is off by half a step.
    for (const [i, value] of values.entries())
      expect(Math.abs((found[i] ?? 0) - snake(value))).toBeLessThan(1.01 * step);
  });

  it('takes what lies beyond for its ends', async () => {
    const found = await lookedUp(Float32Array.of(16, 1e9, -16, -1e9), 16);
    const last = 16 - 16 / 2 ** 15;
    for (const [i, end] of [last, last, -16, -16].entries()) expect(found[i]).toBeCloseTo(snake(end), 4);
  });

  it('gives some number for what is none', async () => {
    const found = await lookedUp(Float32Array.of(Number.NaN, 0, 0, 0), 16);
    expect(found.every(Number.isFinite)).toBe(true);
  });

  it('reaches to the next power of two', () => {
    expect([0, 0.3, 1, 1.1, 50.2, 64].map(tableReach)).toEqual([1, 1, 1, 2, 64, 64]);
  });
});
