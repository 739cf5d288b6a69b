/**
 * Kokoro's front: from tokens and style to what the generator makes sound from. It sees the whole utterance and runs once for
 * it; where it runs, in this thread or in one of its own, is all the same to the decoder.
 */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { STYLE_WIDTH } from '../../../common/style-table.ts';
import type { KokoroUtterance } from './decoder.ts';
import { noUsableSound, openSession, runOrFail } from './session.ts';
import type { FrontTensor } from './statistics-predictor.ts';

/** What the front gives for one utterance. */
export interface FrontOutputs {
  readonly x: FrontTensor;
  readonly har: FrontTensor;
  /** Flat: the generator takes it as it is, in the shape `gbDims`. */
  readonly gb: Float32Array;
  readonly gbDims: readonly number[];
  /** Frames of each token, pads included. */
  readonly durations: Int32Array;
  /** How long the run took, ms. */
  readonly tookMs: number;
}

/** What the front needs of an utterance. */
export type FrontInput = Pick<KokoroUtterance, 'tokens' | 'style' | 'speed'>;

/** A front that is loaded. */
export interface Front {
  /** Whether it can run while this thread does something else. */
  readonly runsBeside: boolean;
  /** One run after the other, in the order of the calls. Throws `AppFailure` with `synthesis-failed`. */
  run(input: FrontInput): Promise<FrontOutputs>;
  /** Resolves when it is freed; a run that is under way is waited for. */
  release(): Promise<void>;
}

/** Opens the front in this thread, which each run blocks. Throws `AppFailure`: `model-missing`, `model-damaged`. */
export async function openFront(path: string, threads: number): Promise<Front> {
  const session = await openSession(path, threads);
  return {
    runsBeside: false,
    run: (input) => runFront(session, input),
    release: () => session.release(),
  };
}

async function runFront(
  session: InferenceSession,
  { tokens, style, speed }: FrontInput,
): Promise<FrontOutputs> {
  const begun = performance.now();
  const padded = BigInt64Array.from([0, ...tokens, 0], BigInt);
  const { x, har, gb, durations } = await runOrFail(session, {
    tokens: new Tensor('int64', padded, [1, padded.length]),
    style: new Tensor('float32', style, [1, STYLE_WIDTH]),
    speed: new Tensor('float32', Float32Array.of(speed), [1]),
  });
  if (!x || !har || !(gb?.data instanceof Float32Array) || !(durations?.data instanceof Int32Array))
    return noUsableSound();
  return {
    x: frontTensor(x),
    har: frontTensor(har),
    gb: gb.data,
    gbDims: gb.dims,
    durations: durations.data,
    tookMs: performance.now() - begun,
  };
}

function frontTensor({ data, dims }: Tensor): FrontTensor {
  if (!(data instanceof Float32Array)) return noUsableSound();
  return { data, steps: dims[2] ?? 0 };
}
