/**
 * Kokoro-82M as it is published: one graph, one run for an utterance (int8 export of thewh1teagle/kokoro-onnx, release
 * `model-files-v1.0`). Checked at load against the graph contract below.
 */
import { join } from 'node:path';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { STYLE_WIDTH } from '../../../common/style-table.ts';
import { yieldToMessages } from '../../event-loop.ts';
import { graphDifferences, type GraphContract } from '../../onnx-contract.ts';
import type { KokoroDecoder, KokoroUtterance } from './decoder.ts';
import { openSession } from './session.ts';

/** Name of the model's file in its folder. */
export const OFFICIAL_FILE = 'kokoro-v1.0.int8.onnx';

const CONTRACT = {
  inputs: [
    { name: 'tokens', type: 'int64', shape: [1, undefined] },
    { name: 'style', type: 'float32', shape: [1, STYLE_WIDTH] },
    { name: 'speed', type: 'float32', shape: [1] },
  ],
  outputs: [{ name: 'audio', type: 'float32', shape: [undefined] }],
} as const satisfies GraphContract;

/** The token that stands before and after every utterance. */
const PAD = 0n;

/**
 * Loads the model. Throws `AppFailure`: `model-missing`, `model-damaged` (the runtime cannot read it) or
 * `model-mismatch` (it is another model; the message lists the differences).
 */
export async function openOfficialDecoder(modelFolder: string, threads: number): Promise<KokoroDecoder> {
  const session = await openSession(join(modelFolder, OFFICIAL_FILE), threads);
  const differences = graphDifferences(session, CONTRACT);
  if (differences.length > 0) {
    await session.release();
    fail('model-mismatch', 'model', FAILURES.kokoro.notTheModel(OFFICIAL_FILE, differences.join('; ')));
  }
  return {
    prepareStyle: () => Promise.resolve(),
    decodesInRuns: () => false,
    // A run of its own takes all that it needs, and seconds.
    reserve: () => Promise.resolve(),
    async *decode(utterance, signal) {
      // A run blocks the event loop: a stop that has arrived must be seen before the next one begins.
      await yieldToMessages();
      if (!signal.aborted) yield { samples: await run(session, utterance) };
    },
    dispose: () => session.release(),
  };
}

async function run(
  session: InferenceSession,
  { tokens, style, speed }: KokoroUtterance,
): Promise<Float32Array> {
  const padded = BigInt64Array.from([PAD, ...tokens.map(BigInt), PAD]);
  let outputs: InferenceSession.ReturnType;
  try {
    outputs = await session.run({
      tokens: new Tensor('int64', padded, [1, padded.length]),
      style: new Tensor('float32', style, [1, STYLE_WIDTH]),
      speed: new Tensor('float32', Float32Array.of(speed), [1]),
    });
  } catch (cause) {
    return fail('synthesis-failed', 'speech', FAILURES.voiceModel.failed, { cause });
  }
  const audio = outputs['audio']?.data;
  if (!(audio instanceof Float32Array) || !audio.every(Number.isFinite))
    return fail('synthesis-failed', 'speech', FAILURES.voiceModel.noSound);
  return audio;
}
