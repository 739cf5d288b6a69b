/**
 * Cuts the generator's inputs for windows of an utterance out of what the front gave for all of it. Each window takes the room of
 * the one before: a fresh half megabyte each time was most of what the garbage collector found, and it comes late for what lies outside its heap.
 */
import { Tensor } from 'onnxruntime-node';
import {
  HAR_CHANNELS,
  HAR_STEPS_PER_FRAME,
  X_CHANNELS,
  X_STEPS_PER_FRAME,
} from './prepare/generator-layout.ts';
import type { FrontTensor } from './statistics-predictor.ts';
import type { Window } from './window-plan.ts';

/** The generator's inputs `x` and `har`; good until the next window is cut. */
export interface WindowInputs {
  readonly x: Tensor;
  readonly har: Tensor;
}

/** Cuts windows of one utterance, one at a time. */
export class FrontWindows {
  private readonly x: FrontTensor;
  private readonly har: FrontTensor;
  private readonly rooms = { x: new Float32Array(0), har: new Float32Array(0) };

  constructor({ x, har }: { readonly x: FrontTensor; readonly har: FrontTensor }) {
    this.x = x;
    this.har = har;
  }

  /** The frames of `window`, which lies within the utterance. */
  cut({ begin, end }: Window): WindowInputs {
    const x = { begin: begin * X_STEPS_PER_FRAME, end: end * X_STEPS_PER_FRAME };
    // A step more: the source is sampled at both ends of a frame.
    const har = { begin: begin * HAR_STEPS_PER_FRAME, end: end * HAR_STEPS_PER_FRAME + 1 };
    return { x: this.steps('x', X_CHANNELS, x), har: this.steps('har', HAR_CHANNELS, har) };
  }

  /**
   * Gives the memory of the utterance and of its windows back at once, where the runtime can do that. The garbage collector, which
   * hardly sees what lies outside its heap, lets some ten utterances of it gather. Nothing of them can be read afterwards.
   */
  release(): void {
    for (const { buffer } of [this.x.data, this.har.data, this.rooms.x, this.rooms.har]) giveBack(buffer);
  }

  /** Steps of a tensor [1, channels, steps]. */
  private steps(name: 'x' | 'har', channels: number, { begin, end }: Window): Tensor {
    const { data, steps } = this[name];
    const length = end - begin;
    const size = channels * length;
    if (this.rooms[name].length < size) this.rooms[name] = new Float32Array(size);
    const room = this.rooms[name].subarray(0, size);
    for (let channel = 0; channel < channels; channel++)
      room.set(data.subarray(channel * steps + begin, channel * steps + end), channel * length);
    return new Tensor('float32', room, [1, channels, length]);
  }
}

/** Node 20 cannot, Electron and later versions of Node can. */
function giveBack(buffer: ArrayBufferLike & { readonly transfer?: (size: number) => unknown }): void {
  if (typeof buffer.transfer === 'function') buffer.transfer(0);
}
