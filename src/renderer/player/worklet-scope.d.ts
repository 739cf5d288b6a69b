/** The part of AudioWorkletGlobalScope that TypeScript's DOM library lacks. These names exist in the worklet only. */

declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
  abstract process(
    inputs: readonly (readonly Float32Array[])[],
    outputs: readonly (readonly Float32Array[])[],
    parameters: Readonly<Record<string, Float32Array>>,
  ): boolean;
}

declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** The audio clock at the first sample of the quantum being made, seconds. */
declare const currentTime: number;

/** Collects the garbage of this thread at once: main starts the page with `--expose-gc`. */
declare const gc: (() => void) | undefined;

/** Samples a second of the context. */
declare const sampleRate: number;
