/**
 * Joins the windows of one utterance: where a window begins, the one before has decoded the same samples as its context,
 * and a short cross-fade leads from those to its own. Before the first window there is silence. No sample is added or lost.
 */

/** Length of the cross-fade, samples (5 ms). */
export const FADE_SAMPLES = 120;

export class Seam {
  /** What the window before decoded beyond its end. A first window that begins within sound rises from silence. */
  private beyond = new Float32Array(FADE_SAMPLES);

  /**
   * Takes a window's sound, of which the first `own` samples are its own and the rest lies beyond its end; gives the own
   * ones, faded in over what the window before had for them.
   */
  join(sound: Float32Array, own: number): Float32Array {
    const joined = sound.slice(0, own);
    const length = Math.min(FADE_SAMPLES, this.beyond.length, joined.length);
    for (let i = 0; i < length; i++) {
      const share = 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / length);
      joined[i] = (this.beyond[i] ?? 0) * (1 - share) + (joined[i] ?? 0) * share;
    }
    this.beyond = sound.slice(own, own + FADE_SAMPLES);
    return joined;
  }
}
