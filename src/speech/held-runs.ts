/**
 * Runs of a sentence's sound that wait until enough of it is there for the rest to come in time: a listener waits before a
 * sentence rather than in the middle of it. Where the voice keeps up the first run is enough.
 */
import { samplesToMs } from '../common/audio.ts';

export class HeldRuns {
  private runs: Int16Array[] = [];
  private heldMs = 0;
  private holds: boolean;

  /** `holds`: whether any run is to wait at all. */
  constructor(holds: boolean) {
    this.holds = holds;
  }

  /**
   * Adds a run. Returns what may go out now, in order: nothing until `isEnough` has said once that so much sound, ms, is enough;
   * all that was held then, and each later run at once.
   */
  take(pcm: Int16Array, isEnough: (heldMs: number) => boolean): readonly Int16Array[] {
    this.runs.push(pcm);
    this.heldMs += samplesToMs(pcm.length);
    if (this.holds && !isEnough(this.heldMs)) return [];
    this.holds = false;
    return this.rest();
  }

  /** What is still held, when the sentence has ended: all of it is there. */
  rest(): readonly Int16Array[] {
    const { runs } = this;
    this.runs = [];
    this.heldMs = 0;
    return runs;
  }
}
