/** The codec's encoder: sound in, frames of codes out. It is large and seldom needed, so it is opened for one recording. */
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { fail } from '../../../common/result.ts';
import type { HiggsModel } from '../../../common/higgs-model.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import type { Frame } from './delay-pattern.ts';
import { codecEncoderContract } from './graph-contracts.ts';
import { openGraph, type GraphOptions } from './graph-session.ts';

/**
 * Encodes a recording: mono, at the model's rate, a whole number of frames. Throws as `openGraph`, and `voice-unsupported`
 * when the model has no encoder.
 */
export async function encodeRecording(
  samples: Float32Array,
  folder: string,
  model: HiggsModel,
  options: GraphOptions,
): Promise<Frame[]> {
  const file = model.files.codecEncoder;
  if (file === undefined) fail('voice-unsupported', 'voice', FAILURES.higgs.noEncoder(model.name));
  const graph = await openGraph(join(folder, file), codecEncoderContract(model), options);
  try {
    const { audio_codes: codes } = await graph.run({
      audio_values: new Tensor('float32', samples, [1, 1, samples.length]),
    });
    const { codebooks, hop } = model.audio;
    const count = samples.length / hop;
    const data = codes?.data;
    if (!(data instanceof BigInt64Array) || data.length !== codebooks * count)
      return fail('synthesis-failed', 'voice', FAILURES.higgs.wrongCodes);
    return Array.from({ length: count }, (_, frame) =>
      Array.from({ length: codebooks }, (_, row) => Number(data[row * count + frame])),
    );
  } finally {
    await graph.dispose();
  }
}
