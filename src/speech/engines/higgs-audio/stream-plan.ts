/**
 * Which windows of frames the codec's decoder is given while frames still arrive, and what of each window's sound is used.
 * The decoder looks almost ten frames to either side, so a window has context on both sides that is decoded and thrown away.
 * Pure: it counts frames and knows no sound.
 */
import type { StreamSettings } from '../../../common/higgs-model.ts';

/** Frames are counted from the utterance's first; `to` is behind the last. */
export interface StreamWindow {
  /** Frames to decode. Behind the utterance's last frame, copies of it stand in. */
  readonly from: number;
  readonly to: number;
  /** The frames of it whose sound goes out. */
  readonly emitFrom: number;
  readonly emitTo: number;
  /**
   * A fast start: the right context was short, so the sound behind `emitTo` is kept for a cross-fade into the same moment
   * of the next window.
   */
  readonly fades: boolean;
}

/** Plans one utterance's windows: any number of `add`, then one `end`. */
export class StreamPlan {
  private readonly settings: StreamSettings;
  private ready = 0;
  private emitted = 0;
  private chunks = 0;

  constructor(settings: StreamSettings) {
    this.settings = settings;
  }

  /** Frames have arrived; gives the windows that can be decoded now. */
  add(frames: number): StreamWindow[] {
    this.ready += frames;
    const windows: StreamWindow[] = [];
    const { right, firstRight } = this.settings;
    for (;;) {
      const ahead = this.chunks === 0 ? firstRight : right;
      if (this.ready - this.emitted < this.size + ahead) return windows;
      windows.push(this.window(this.size, this.emitted + this.size + ahead, ahead < right));
    }
  }

  /** No more frames will come; gives the windows that are left. */
  end(): StreamWindow[] {
    const windows: StreamWindow[] = [];
    const { right, tailRepeat } = this.settings;
    while (this.emitted < this.ready) {
      const frames = Math.min(this.size, this.ready - this.emitted);
      const to = Math.min(this.emitted + frames + right, this.ready + tailRepeat);
      windows.push(this.window(frames, to, false));
    }
    return windows;
  }

  /** Frames of the next chunk. */
  private get size(): number {
    const { schedule } = this.settings;
    return schedule[Math.min(this.chunks, schedule.length - 1)] ?? 1;
  }

  private window(frames: number, to: number, fades: boolean): StreamWindow {
    const emitFrom = this.emitted;
    this.emitted += frames;
    this.chunks++;
    return { from: Math.max(0, emitFrom - this.settings.left), to, emitFrom, emitTo: this.emitted, fades };
  }
}
