/**
 * Trims the silence that a model adds before and after speech, as a stream: what is surely not trailing silence goes out
 * at once, the rest is held until sound follows or the end is known.
 *
 * Speech is never cut: everything between the first and the last frame with sound goes out untouched, and a margin on
 * either side for soft onsets and decays. However the input is cut into pieces, the output joined is the same.
 */
import { msToSamples, SAMPLE_RATE, samplesToMs } from '../common/audio.ts';

/** How long a stretch is judged as one, ms: shorter than the burst of a plosive. */
const FRAME_MS = 5;

/**
 * The least root mean square of a frame with sound, about −60 dB of full scale. Kokoro's own silence lies at −70 dB and
 * below, its vowels at −30 to −15 dB, and a word's first soft consonant crosses the line within the margin.
 */
const SOUND_RMS = 0.001;

/** Silence that stays before the first and after the last sound, ms. */
export const TRIM_MARGIN_MS = 25;

export interface TrimOptions {
  /** Samples a second. */
  readonly sampleRate?: number;
  /** Silence kept before the first sound, ms. */
  readonly beforeMs?: number;
  /** Silence after the last sound, ms; what the input has too little of is added. */
  readonly afterMs?: number;
}

/** One utterance's trimmer: any number of `push`, then one `end`. */
export class EdgeTrimmer {
  private readonly frame: number;
  private readonly before: number;
  private readonly after: number;
  /** Input that has not gone out. */
  private pending = new Float32Array(0);
  /** How much of `pending` has been judged; whole frames. */
  private judged = 0;
  private soundSeen = false;
  private leftOut = 0;

  constructor(options: TrimOptions = {}) {
    const rate = options.sampleRate ?? SAMPLE_RATE;
    this.frame = msToSamples(FRAME_MS, rate);
    this.before = msToSamples(options.beforeMs ?? TRIM_MARGIN_MS, rate);
    this.after = msToSamples(options.afterMs ?? TRIM_MARGIN_MS, rate);
  }

  /** Samples before the first sound that were left out. */
  get leadLeftOut(): number {
    return this.leftOut;
  }

  /** Takes samples in and gives those that may go out now; often none. */
  push(samples: Float32Array): Float32Array {
    this.pending = join(this.pending, samples);
    return this.judge(this.pending.length - ((this.pending.length - this.judged) % this.frame));
  }

  /** Gives what is left to go out, to the margin after the last sound. */
  end(): Float32Array {
    const last = this.judge(this.pending.length);
    if (!this.soundSeen) return last;
    const tail = new Float32Array(this.after);
    tail.set(this.pending.subarray(0, this.after));
    return join(last, tail);
  }

  /** Judges `pending` up to `end` and takes out what surely belongs to the speech. */
  private judge(end: number): Float32Array {
    let soundEnd = 0;
    for (let start = this.judged; start < end; start += this.frame) {
      const stop = Math.min(start + this.frame, end);
      if (rootMeanSquare(this.pending, start, stop) < SOUND_RMS) continue;
      if (!this.soundSeen) {
        this.soundSeen = true;
        const lead = Math.max(0, start - this.before);
        this.pending = this.pending.slice(lead);
        this.leftOut += lead;
        start -= lead;
        end -= lead;
        soundEnd = stop - lead;
      } else soundEnd = stop;
    }
    // Before the first sound nothing older than the margin can ever go out.
    const done = this.soundSeen ? soundEnd : Math.max(0, end - this.before);
    const out = this.soundSeen ? this.pending.slice(0, done) : new Float32Array(0);
    if (!this.soundSeen) this.leftOut += done;
    this.pending = this.pending.slice(done);
    this.judged = end - done;
    return out;
  }
}

/** How much silence {@link EdgeTrimmer} will leave out before the first sound of `samples`, ms, at the engines' rate. */
export function leftOutBeforeMs(samples: Float32Array): number {
  const trimmer = new EdgeTrimmer();
  trimmer.push(samples);
  return samplesToMs(trimmer.leadLeftOut);
}

function rootMeanSquare(samples: Float32Array, start: number, end: number): number {
  let squares = 0;
  for (let i = start; i < end; i++) squares += (samples[i] ?? 0) ** 2;
  return Math.sqrt(squares / (end - start));
}

function join(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
