/**
 * An engine without a model, with the faults of a real one. It says one sample block for each character; words in the text
 * bring the faults on:
 *
 * - `throw-at-once` fails before any sound, `throw-midway` after half of it,
 * - `hang` gives half of its sound and then nothing until it is aborted,
 * - `slow` lets the event loop turn some times before each run, as a long run does not,
 * - `mute` gives no chunk,
 * - `gpu-memory` and `gpu-fault` fail after half of the sound as ONNX Runtime does on CUDA, and not at all on the processor.
 *
 * Every sample of a sentence is its character's code, so that a test sees what was said, in which order, and how much.
 */
import type { EngineFacts, EnginePace, EpName } from '../../common/engine.ts';
import { fail } from '../../common/result.ts';
import type { VoiceSource } from '../../common/voice.ts';
import type { EngineChunk, EngineFiles, SynthesisRequest, TtsEngine } from '../engine.ts';
import { yieldToMessages } from '../event-loop.ts';

/** Samples of one character: 50 ms, so that four characters fill a chunk. */
export const SAMPLES_PER_CHARACTER = 1_200;

export interface FakeEngineOptions {
  /** Characters that come in one run; a real engine's window or utterance. */
  readonly charactersPerRun?: number;
  /** What it says of its own pace when it is loaded. */
  readonly pace?: EnginePace;
  /** Makes `load` fail. */
  readonly loadFails?: boolean;
  /** The provider that it takes unless the processor is asked for. */
  readonly ep?: EpName;
  /** Makes `load` fail for want of memory, unless on the processor. */
  readonly gpuIsFull?: boolean;
}

export class FakeEngine implements TtsEngine {
  /** What was asked for, in order; `+` and `-` mark the beginning and the end of a synthesis. */
  readonly log: string[] = [];
  /** What it was asked to say, in order. */
  readonly requests: SynthesisRequest[] = [];
  private readonly options: FakeEngineOptions;
  private busy = false;
  private ep: EpName = 'cpu';

  constructor(options: FakeEngineOptions = {}) {
    this.options = options;
  }

  async load({ modelFolder, ep }: EngineFiles): Promise<EngineFacts> {
    await this.alone(`load ${modelFolder}`);
    this.ep = ep === 'cpu' ? 'cpu' : (this.options.ep ?? 'cpu');
    if (this.options.gpuIsFull === true && this.ep !== 'cpu')
      fail(
        'model-damaged',
        'model',
        { message: 'The fake model cannot be opened on cuda.' },
        {
          cause: new Error(NO_GPU_MEMORY),
        },
      );
    if (this.options.loadFails === true)
      fail('model-damaged', 'model', { message: 'The fake model is damaged.' });
    return {
      id: 'kokoro',
      label: 'Fake',
      sampleRate: 24_000,
      ep: this.ep,
      threads: 1,
      maxTokens: 510,
      onnxruntimeVersion: '0',
      ...(this.options.pace && { pace: this.options.pace }),
    };
  }

  async prepareVoice(voice: VoiceSource): Promise<void> {
    await this.alone(`prepare ${voice.id}`);
    if (voice.id === 'damaged') fail('voice-damaged', 'voice', { message: 'The fake voice is damaged.' });
  }

  async *synthesize(request: SynthesisRequest, signal: AbortSignal): AsyncGenerator<EngineChunk> {
    const { spoken } = request;
    this.requests.push(request);
    if (this.busy) throw new Error('An engine was asked for two jobs at once');
    this.busy = true;
    this.log.push(`+${spoken}`);
    try {
      await yieldToMessages();
      if (spoken.includes('throw-at-once'))
        fail('synthesis-failed', 'speech', { message: 'It failed at once.' });
      if (spoken.includes('mute')) return;
      yield* this.runs(spoken, signal);
    } finally {
      this.busy = false;
      this.log.push(`-${spoken}`);
    }
  }

  async dispose(): Promise<void> {
    await this.alone('dispose');
  }

  private async *runs(spoken: string, signal: AbortSignal): AsyncGenerator<EngineChunk> {
    const size = this.options.charactersPerRun ?? 8;
    for (let at = 0; at < spoken.length; at += size) {
      if (spoken.includes('slow')) for (let turn = 0; turn < 5; turn++) await yieldToMessages();
      if (signal.aborted) return;
      const half = at >= spoken.length / 2;
      if (half && spoken.includes('throw-midway')) throw new Error('it failed midway');
      if (half && this.ep !== 'cpu' && spoken.includes('gpu-memory'))
        fail(
          'synthesis-failed',
          'speech',
          { message: 'The fake model failed.' },
          { cause: new Error(NO_GPU_MEMORY) },
        );
      if (half && this.ep !== 'cpu' && spoken.includes('gpu-fault'))
        fail(
          'synthesis-failed',
          'speech',
          { message: 'The fake model failed.' },
          { cause: new Error(GPU_FAULT) },
        );
      if (half && spoken.includes('hang')) {
        await aborted(signal);
        return;
      }
      yield { pcm: pcmOf(spoken.slice(at, at + size)) };
    }
  }

  /** Notes work that must not overlap with any other. */
  private async alone(entry: string): Promise<void> {
    if (this.busy) throw new Error('An engine was asked for two jobs at once');
    this.busy = true;
    await yieldToMessages();
    this.busy = false;
    this.log.push(entry);
  }
}

/** What ONNX Runtime throws when a run finds no memory on the graphics processor. */
export const NO_GPU_MEMORY =
  "Non-zero status code returned while running MatMul node. Name:'/layers.3/mlp/MatMul' Status Message: " +
  'onnxruntime/core/framework/bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, ' +
  'onnxruntime::Stream*) Failed to allocate memory for requested buffer of size 201326592';

/** What it throws when a kernel went wrong; every later run in the process meets it again. */
export const GPU_FAULT =
  "Non-zero status code returned while running Conv node. Name:'/decoder/Conv' Status Message: CUDA failure 700: an " +
  'illegal memory access was encountered ; GPU=0 ; expr=cudaStreamSynchronize(stream)';

/** The samples that the fake engine says for a text. */
export function pcmOf(text: string): Int16Array {
  const pcm = new Int16Array(text.length * SAMPLES_PER_CHARACTER);
  for (let i = 0; i < text.length; i++)
    pcm.fill(text.charCodeAt(i), i * SAMPLES_PER_CHARACTER, (i + 1) * SAMPLES_PER_CHARACTER);
  return pcm;
}

/** The text that samples of the fake engine say, for whole characters. */
export function textOf(chunks: readonly Int16Array[]): string {
  const samples = chunks.flatMap((chunk) => Array.from(chunk));
  return samples
    .filter((_, i) => i % SAMPLES_PER_CHARACTER === 0)
    .map((code) => String.fromCharCode(code))
    .join('');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
