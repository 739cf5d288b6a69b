/**
 * `npm run bench:higgs`: what the generation loop adds to the bare `session.run`, with caches and logits as large as the real
 * model's (28 layers, 8 heads of 128 in float32: 224 KiB a position; 8 codebooks of 1026 codes). The graph is a stand-in that
 * only carries the cache on; so all of the time is copies and the loop, and the model's own work would come on top.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHiggsModel, type HiggsModel } from '../../src/common/higgs-model.ts';
import { generateFrames } from '../../src/speech/engines/higgs-audio/generate.ts';
import { languageModelContract } from '../../src/speech/engines/higgs-audio/graph-contracts.ts';
import { openGraph, type Graph } from '../../src/speech/engines/higgs-audio/graph-session.ts';
import { cacheNames, emptyCache } from '../../src/speech/engines/higgs-audio/kv-cache.ts';
import { languageModelOn } from '../../src/speech/engines/higgs-audio/language-model.ts';
import { seededNoise } from '../../src/speech/engines/higgs-audio/random.ts';
import { buildGraph, int } from '../../src/speech/onnx/graph-builder.ts';
import { modelBytes } from '../../src/speech/onnx/write-model.ts';
import { floatTensor } from '../../src/speech/onnx/tensor.ts';
import { ROOT, runScript } from '../script.ts';

const FIXTURE = join(ROOT, 'src/speech/engines/higgs-audio/fixtures/tiny/model.json');
const STEPS = 60;

/** The small model's description with the real model's dimensions. */
function realDimensions(): HiggsModel {
  const parsed = parseHiggsModel(readFileSync(FIXTURE, 'utf8'));
  if (!parsed.ok) throw new Error(parsed.problem);
  const { model } = parsed;
  return {
    ...model,
    arch: { ...model.arch, layers: 28, kvHeads: 8, heads: 24, headDim: 128 },
    audio: { ...model.audio, codebooks: 8, codebookSize: 1026, bos: 1024, eos: 1025 },
    sampling: { ...model.sampling, maxFrames: STEPS - 7 },
  };
}

/** A graph with the language model's inputs and outputs: each cache gets one position a column, the logits are constant. */
function standIn({ arch, audio }: HiggsModel): Uint8Array {
  const builder = buildGraph();
  const logits = Float32Array.from({ length: audio.codebooks * audio.codebookSize }, (_, at) =>
    // No row is likely to end: the mark of the end is the least likely code.
    at % audio.codebookSize === audio.eos ? -50 : 3 * Math.sin(at * 12.9898),
  );
  builder.constant('logits', () => floatTensor(logits, [1, audio.codebooks, audio.codebookSize]));
  builder.op('Identity', ['logits'], { output: 'audio_logits' });
  // As many positions as there are ids: ids as floats, spread over heads and their dimensions.
  builder.opWithOutputs('Cast', ['input_ids'], ['ids'], { attributes: { to: int(1) } });
  builder.constant('spread', () =>
    floatTensor(new Float32Array(arch.kvHeads * arch.headDim), [1, arch.kvHeads, 1, arch.headDim]),
  );
  builder.constant('shape', () => ({
    elementType: 'int64',
    dims: [4],
    bytes: new Uint8Array(BigInt64Array.of(1n, 1n, -1n, 1n).buffer),
  }));
  builder.opWithOutputs('Reshape', ['ids', 'shape'], ['column'], {});
  builder.opWithOutputs('Mul', ['column', 'spread'], ['new'], {});
  const cache = (name: string, length: string) =>
    ({ name, elementType: 'float', dims: [1, arch.kvHeads, length, arch.headDim] }) as const;
  const names = cacheNames(arch.layers);
  for (const name of names)
    builder.opWithOutputs('Concat', [`past_key_values.${name}`, 'new'], [`present.${name}`], {
      attributes: { axis: int(2) },
    });
  const graph = builder.graph(
    'stand-in',
    [
      { name: 'input_ids', elementType: 'int64', dims: [1, 'seq'] },
      { name: 'audio_codes', elementType: 'int64', dims: [1, 'seq', audio.codebooks] },
      { name: 'audio_mask', elementType: 'bool', dims: [1, 'seq'] },
      { name: 'position_ids', elementType: 'int64', dims: [1, 'seq'] },
      ...names.map((name) => cache(`past_key_values.${name}`, 'past')),
    ],
    [
      { name: 'audio_logits', elementType: 'float', dims: [1, audio.codebooks, audio.codebookSize] },
      ...names.map((name) => cache(`present.${name}`, 'total')),
    ],
  );
  return modelBytes({ irVersion: 8, opsets: new Map([['', 17]]), graph });
}

/** A graph that counts the time inside its runs. */
function timed(graph: Graph): Graph & { insideMs: number } {
  const counting = {
    ...graph,
    insideMs: 0,
    run: async (feeds: Parameters<Graph['run']>[0]) => {
      const begun = performance.now();
      const outputs = await graph.run(feeds);
      counting.insideMs += performance.now() - begun;
      return outputs;
    },
  };
  return counting;
}

await runScript(async () => {
  const model = realDimensions();
  const folder = mkdtempSync(join(tmpdir(), 'aloud-bench-'));
  try {
    writeFileSync(join(folder, model.files.llm), standIn(model));
    const options = { threads: 1, ep: 'cpu' };
    const graph = timed(
      await openGraph(join(folder, model.files.llm), languageModelContract(model), options),
    );
    const languageModel = languageModelOn(graph, model);
    for (const prompt of [20, 300, 600]) {
      const times: { total: number; inside: number }[] = [];
      for (let round = 0; round < 3; round++) {
        graph.insideMs = 0;
        const begun = performance.now();
        let columns = 0;
        const generation = generateFrames(
          { model, languageModel, block: undefined },
          {
            prompt: Array.from({ length: prompt }, () => 0),
            prefix: emptyCache(model.arch),
            sampling: model.sampling,
            noise: seededNoise(round),
            signal: new AbortController().signal,
            onColumn: () => columns++,
          },
        );
        for await (const frames of generation) if (frames.length === 0) throw new Error('An empty run');
        times.push({
          total: (performance.now() - begun) / (columns - 1),
          inside: graph.insideMs / (columns - 1),
        });
      }
      const [best = { total: 0, inside: 0 }] = times.sort(
        (a, b) => a.total - a.inside - (b.total - b.inside),
      );
      const loop = best.total - best.inside;
      const share = ((100 * loop) / best.inside).toFixed(1);
      process.stdout.write(
        `cache of ${prompt} to ${prompt + STEPS} positions: session.run ${best.inside.toFixed(2)} ms a step, the loop ${loop.toFixed(2)} ms (${share} %)\n`,
      );
    }
    await languageModel.dispose();
  } finally {
    rmSync(folder, { recursive: true });
  }
  return 0;
});
