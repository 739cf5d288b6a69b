/** How the generator is quantised: the few numbers that decide between speed and sound. */
import type { QuantisationChoice } from './quantise.ts';

/** See the file's comment. Plain data: it is kept in the manifest of what was prepared with it. */
export interface Recipe {
  /** Calibrated ranges are widened by this factor before they become scales. */
  readonly calibrationMargin: number;
  /**
   * Share of the input range's spread over channels that moves into the weights, 0 to 1; the rest stays in the input.
   * 1 gives every channel the same range, so that the 8 bits of the input serve all alike.
   */
  readonly equalisationExponent: number;
  /**
   * Shares of the calibrated input range that 8 bits cover, above 0 and at most 1; beyond it values are clipped. Less
   * than 1 trades rare peaks for finer steps. A convolution takes the first entry that its name begins with, else 1.
   */
  readonly inputClips: readonly { readonly convolutions: string; readonly share: number }[];
  /** Convolutions that stay float: names, or beginnings of names, of `BLOCK_CONVOLUTIONS`. */
  readonly floatConvolutions: readonly string[];
}

/**
 * The recipe that ships. Plain 8 bits lose naturalness in the inputs of the second stage's residual blocks, above all of
 * their second convolutions: two blocks keep these in float, and all three are clipped a little. The blocks of the
 * harmonic source (`noise_res`) are not clipped: their channels reach their extremes in every utterance, and clipping
 * moves the means that the norms after them see, by up to two standard deviations.
 *
 * Over four voices (log-mel distance to the float generator, whole utterances / with the float generator's statistics):
 * this 0.48 / 0.59 dB; no clipping 0.51 / 0.60; clips of 0.7 on all of the second stage 0.7 / 2.4.
 */
export const RECIPE: Recipe = {
  calibrationMargin: 1,
  equalisationExponent: 1,
  inputClips: [
    { convolutions: 'resblocks.3', share: 0.85 },
    { convolutions: 'resblocks.4', share: 0.85 },
    { convolutions: 'resblocks.5', share: 0.85 },
  ],
  floatConvolutions: ['resblocks.3/convs2', 'resblocks.4/convs2'],
};

/** How the recipe has one convolution of the residual blocks computed. */
export function choiceFor(recipe: Recipe, convolution: string): 'float' | QuantisationChoice {
  if (recipe.floatConvolutions.some((beginning) => convolution.startsWith(beginning))) return 'float';
  const clip = recipe.inputClips.find(({ convolutions }) => convolution.startsWith(convolutions));
  return {
    calibrationMargin: recipe.calibrationMargin,
    equalisationExponent: recipe.equalisationExponent,
    inputClip: clip?.share ?? 1,
  };
}
