import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { buildGraph, int } from '../../onnx/graph-builder.ts';
import type { Graph, OnnxModel } from '../../onnx/model.ts';
import { int64Tensor } from '../../onnx/tensor.ts';
import { modelBytes } from '../../onnx/write-model.ts';
import { forProviders, narrowSplits } from './provider-graph.ts';

/** A graph that splits `x` into pieces of these sizes and gives them in reverse as `audio`, and the first as `other`. */
function splitting(sizes: readonly number[]): Graph {
  const builder = buildGraph();
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const names = sizes.map((_, at) => `piece/${at}`);
  const lengths = builder.constant('lengths', () => int64Tensor(sizes));
  builder.opWithOutputs('Split', ['x', lengths], names, { attributes: { axis: int(0) } });
  builder.op('Concat', [...names].reverse(), { output: 'audio', attributes: { axis: int(0) } });
  builder.op('Identity', ['piece/0'], { output: 'other' });
  const value = (name: string, length: number): Graph['inputs'][number] => ({
    name,
    elementType: 'float',
    dims: [length],
  });
  return builder.graph(
    'splitting',
    [value('x', total)],
    [value('audio', total), value('other', sizes[0] ?? 0)],
  );
}

const model = (graph: Graph): OnnxModel => ({ irVersion: 8, opsets: new Map([['', 17]]), graph });

async function run(graph: Graph, x: Float32Array): Promise<Readonly<Record<string, unknown>>> {
  const session = await InferenceSession.create(modelBytes(model(graph)));
  try {
    const outputs = await session.run({ x: new Tensor('float32', x, [x.length]) });
    return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data]));
  } finally {
    await session.release();
  }
}

describe('a graph for other providers than the processor', () => {
  it('splits into at most seven at a time, and into the same pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 120 }),
        async (sizes) => {
          const graph = splitting(sizes);
          const narrow = narrowSplits(graph);
          for (const node of narrow.nodes)
            if (node.opType === 'Split') expect(node.outputs.length).toBeLessThanOrEqual(7);
          expect(new Set(narrow.nodes.map(({ name }) => name)).size).toBe(narrow.nodes.length);
          const x = Float32Array.from({ length: sizes.reduce((sum, size) => sum + size, 0) }, (_, at) => at);
          expect(await run(narrow, x)).toEqual(await run(graph, x));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has no output but the sound', async () => {
    const { graph } = forProviders(model(splitting([1, 2, 3])));
    expect(graph.outputs.map(({ name }) => name)).toEqual(['audio']);
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(['Split', 'Concat']);
  });
});
