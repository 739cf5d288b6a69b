import { describe, expect, it } from 'vitest';
import { buildGraph, int, ints } from '../../../onnx/graph-builder.ts';
import type { Graph, ValueInfo } from '../../../onnx/model.ts';
import { floatTensor, int64Tensor } from '../../../onnx/tensor.ts';
import { runGraph, someNumbers } from '../../../onnx/testing/run-graph.ts';
import { transformAsConvolution } from './transform-as-convolution.ts';

const WINDOW = 20;
const HOP = 5;
const BINS = 11;
const FRAMES = 30;
const SAMPLES = (FRAMES - 1) * HOP + WINDOW;

/** The transform as the exporter writes it; `perm` as it has it unless told. */
function transform(perm: readonly number[] = [0, 2, 1, 3]): Graph {
  const builder = buildGraph();
  const hann = Float32Array.from(
    { length: WINDOW },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW),
  );
  builder.constant('hop', () => int64Tensor([HOP], []));
  builder.constant('window', () => floatTensor(hann));
  builder.constant('length', () => int64Tensor([WINDOW], []));
  builder.op('STFT', ['x', 'hop', 'window', 'length'], { output: 'spectrum' });
  builder.op('Transpose', ['spectrum'], { output: 'by-time', attributes: { perm: ints(...perm) } });
  for (const [part, name] of ['real', 'imaginary'].entries())
    builder.op('Gather', ['by-time', builder.constant(name + '-part', () => int64Tensor([part], []))], {
      output: name,
      attributes: { axis: int(3) },
    });
  return builder.graph(
    'transform',
    [value('x', 1, SAMPLES, 1)],
    [value('real', 1, BINS, FRAMES), value('imaginary', 1, BINS, FRAMES)],
  );
}

function value(name: string, ...dims: number[]): ValueInfo {
  return { name, elementType: 'float', dims };
}

/** Each bin's complex number at each frame. */
async function spectrum(graph: Graph, signal: Float32Array): Promise<readonly (readonly [number, number])[]> {
  const { real = [], imaginary = [] } = await runGraph(graph, { x: { data: signal, dims: [1, SAMPLES, 1] } });
  return Array.from(real, (part, i) => [part, imaginary[i] ?? Number.NaN] as const);
}

describe('the transform as a convolution', () => {
  it('has no transform left and gives its numbers', async () => {
    const converted = transformAsConvolution(transform());
    expect(converted.nodes.map(({ opType }) => opType)).toEqual(['Reshape', 'Conv', 'Split']);
    const signal = someNumbers(SAMPLES);
    const [expected, found] = [await spectrum(transform(), signal), await spectrum(converted, signal)];
    expect(found).toHaveLength(BINS * FRAMES);
    for (const [i, [real, imaginary]] of found.entries()) {
      expect(real).toBeCloseTo(expected[i]?.[0] ?? Number.NaN, 4);
      expect(imaginary).toBeCloseTo(expected[i]?.[1] ?? Number.NaN, 4);
    }
  });

  it('gives each bin of silence one phase of its own, whatever the rounding', async () => {
    const phases = async (level: number): Promise<number[]> => {
      const signal = new Float32Array(SAMPLES).fill(level);
      const found = await spectrum(transformAsConvolution(transform()), signal);
      return found.map(([real, imaginary]) => Math.atan2(imaginary, real));
    };
    const [one, other] = [await phases(-0.02944175), await phases(-0.0211)];
    for (const [i, phase] of one.entries()) {
      expect(phase, `bin ${Math.floor(i / FRAMES)}`).toBeCloseTo(one[i - (i % FRAMES)] ?? Number.NaN, 1);
      expect(Math.abs(phase - (other[i] ?? Number.NaN))).toBeLessThan(0.1);
    }
    // The lowest bin is the level, below zero, and always on the same side of its axis.
    expect(one[0]).toBeCloseTo(Math.PI, 3);
  });

  it('gives the highest bin of a real signal the sign that the runtime’s transform gives it', async () => {
    // A wave as Kokoro's source has it.
    const signal = Float32Array.from(
      { length: SAMPLES },
      (_, i) => 0.1 * Math.sin(i / 19) - 0.03 * Math.cos(i / 7),
    );
    const signs = (found: readonly (readonly [number, number])[]): number[] =>
      found.slice(-FRAMES).map(([, imaginary]) => Math.sign(imaginary));
    const expected = signs(await spectrum(transform(), signal));
    const same = signs(await spectrum(transformAsConvolution(transform()), signal)).filter(
      (sign, frame) => sign === expected[frame],
    );
    expect(new Set(expected).size).toBe(2);
    expect(same.length).toBeGreaterThanOrEqual(FRAMES - 2);
  });

  it('is refused where it stands otherwise', () => {
    expect(() => transformAsConvolution(transform([0, 1, 2, 3]))).toThrow('not transposed');
    expect(() => transformAsConvolution({ ...transform(), nodes: [] })).toThrow('not one STFT');
  });
});
