/** The codec's decoder: frames of codes in, sound out; whole, or as a stream whose joins cannot be heard. */
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { fail } from '../../../common/result.ts';
import type { HiggsModel, StreamSettings } from '../../../common/higgs-model.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import type { Frame } from './delay-pattern.ts';
import { codecDecoderContract } from './graph-contracts.ts';
import { openGraph, type GraphOptions } from './graph-session.ts';
import { StreamPlan, type StreamWindow } from './stream-plan.ts';

export interface CodecDecoder {
  /** Samples of one frame. */
  readonly hop: number;
  /** Decodes frames as if silence surrounded them: `hop` samples a frame. */
  decode(frames: readonly Frame[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Opens the model's `codecDecoder` graph. Throws as `openGraph`. */
export async function openCodecDecoder(
  folder: string,
  model: HiggsModel,
  options: GraphOptions,
): Promise<CodecDecoder> {
  const graph = await openGraph(join(folder, model.files.codecDecoder), codecDecoderContract(model), options);
  const { codebooks, hop } = model.audio;
  return {
    hop,
    async decode(frames) {
      const codes = new BigInt64Array(codebooks * frames.length);
      for (const [at, frame] of frames.entries())
        for (const [row, code] of frame.entries()) codes[row * frames.length + at] = BigInt(code);
      const outputs = await graph.run({
        audio_codes: new Tensor('int64', codes, [1, codebooks, frames.length]),
      });
      const sound = outputs['audio_values']?.data;
      if (
        !(sound instanceof Float32Array) ||
        sound.length !== hop * frames.length ||
        !sound.every(Number.isFinite)
      )
        return fail('synthesis-failed', 'speech', FAILURES.voiceModel.noSound);
      return sound;
    },
    dispose: () => graph.dispose(),
  };
}

/** One utterance as a stream: any number of `push`, then one `end`. Together they give `hop` samples for every frame. */
export class CodecStream {
  private readonly decoder: CodecDecoder;
  private readonly settings: StreamSettings;
  private readonly plan: StreamPlan;
  private readonly frames: Frame[] = [];
  /** Sound of a fast start that the next window begins anew. */
  private fading = new Float32Array(0);

  constructor(decoder: CodecDecoder, settings: StreamSettings) {
    this.decoder = decoder;
    this.settings = settings;
    this.plan = new StreamPlan(settings);
  }

  /** Takes frames in and gives the sound that is certain now, a chunk at a time. */
  async *push(frames: readonly Frame[]): AsyncGenerator<Float32Array> {
    this.frames.push(...frames);
    for (const window of this.plan.add(frames.length)) yield await this.sound(window);
  }

  /** Gives what is left. */
  async *end(): AsyncGenerator<Float32Array> {
    for (const window of this.plan.end()) yield await this.sound(window);
  }

  private async sound({ from, to, emitFrom, emitTo, fades }: StreamWindow): Promise<Float32Array> {
    const last = this.frames.length - 1;
    const window = Array.from({ length: to - from }, (_, at) => this.frames[Math.min(from + at, last)] ?? []);
    const decoded = await this.decoder.decode(window);
    const { hop } = this.decoder;
    const end = (emitTo - from) * hop;
    const sound = decoded.slice((emitFrom - from) * hop, end);
    fadeIn(sound, this.fading);
    this.fading = fades ? decoded.slice(end, end + this.settings.fadeSamples) : new Float32Array(0);
    return sound;
  }
}

/** Fades linearly from `before` into the same moments of `sound`, in place. */
function fadeIn(sound: Float32Array, before: Float32Array): void {
  const span = Math.min(before.length, sound.length);
  for (let at = 0; at < span; at++) {
    const weight = (at + 1) / (before.length + 1);
    sound[at] = (1 - weight) * (before[at] ?? 0) + weight * (sound[at] ?? 0);
  }
}
