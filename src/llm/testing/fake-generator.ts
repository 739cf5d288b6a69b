/** A generator that writes given pieces one a tick, stops at the signal as the real one does, and can fail. */
import type { Generation, GenerationEnd, Generator, Reading } from '../generator.ts';

export class FakeGenerator implements Generator {
  /** What each generation writes. */
  pieces: readonly string[] = ['Hello', ' there.'];
  /** Thrown after the pieces, when set. */
  failure: Error | undefined;
  /** After the pieces, wait for the signal instead of ending. */
  hangs = false;
  readonly loads: string[] = [];
  readonly readings: Reading[] = [];

  load(modelPath: string): Promise<void> {
    this.loads.push(modelPath);
    return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
  }

  /** Goes on until the signal. */
  read(reading: Reading): Promise<void> {
    this.readings.push(reading);
    return new Promise((resolve) => reading.signal.addEventListener('abort', () => resolve()));
  }

  async generate({ onDelta, signal, gate }: Generation): Promise<GenerationEnd> {
    for (const piece of this.pieces) {
      await new Promise(setImmediate);
      await new Promise<void>((resolve) => (gate === undefined ? resolve() : gate.pass(resolve)));
      if (signal.aborted) return 'cancelled';
      onDelta(piece);
    }
    if (this.failure !== undefined) throw this.failure;
    if (this.hangs) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return 'cancelled';
    }
    return 'stop';
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
