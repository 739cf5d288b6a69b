/**
 * Has the audio thread's garbage collected while there is little of it.
 *
 * Each chunk comes as a message of which the engine keeps the bytes twice, as a message and as samples, until it collects the
 * thread's garbage: 100 kB a second of speech. That thread makes so little else that V8 sees no reason to collect: in ten minutes
 * of speech the page grew by 50 MB. A collection every ten seconds finds half a megabyte and takes 1 to 2 ms, between two quanta of
 * sound, of the 40 ms that the device holds.
 */

/** Bytes of samples after which it is collected: 10 s of 16-bit sound at 24,000 Hz. */
export const COLLECT_EVERY_BYTES = 480_000;

export class GarbageCollection {
  private readonly collect: () => void;
  private bytes = 0;

  /** `collect` collects the garbage of the thread that calls it. */
  constructor(collect: () => void) {
    this.collect = collect;
  }

  /** Counts the samples of a chunk. Called between render quanta. */
  count({ byteLength }: Int16Array): void {
    this.bytes += byteLength;
    if (this.bytes < COLLECT_EVERY_BYTES) return;
    this.bytes = 0;
    this.collect();
  }
}
