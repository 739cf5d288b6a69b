/**
 * The shape of Kokoro's generator (an ISTFTNet vocoder with AdaIN residual blocks), as facts: which residual blocks it
 * has, in which order their instance norms stand in the `stats` and `gb` tensors, and how many samples a frame is.
 *
 * Names are those of the exported graph without the prefix `/decoder/decoder/generator/`, for example
 * `resblocks.3/convs2.1` (a convolution) and `noise_res.0/adain1.2` (an instance norm).
 */

/** Name of the two upsampling stages' position: 0 runs at 20 steps a frame with 256 channels, 1 at 120 with 128. */
export type GeneratorStage = 0 | 1;

/** One residual block of the generator: three rounds of norm, snake, convolution, norm, snake, convolution. */
export interface ResidualBlock {
  readonly name: string;
  readonly stage: GeneratorStage;
  readonly channels: number;
  /** Width of its kernels. */
  readonly kernel: number;
}

/** Samples of sound that one frame (one step of the durations) stands for, at 24,000 Hz. */
export const SAMPLES_PER_FRAME = 600;

/** Steps of `x` (the generator's first input) in one frame. */
export const X_STEPS_PER_FRAME = 2;

/** Steps of `har` (the harmonic source) in one frame; one more stands at the end of an utterance. */
export const HAR_STEPS_PER_FRAME = 120;

/** Steps of the first stage's values in one frame; the second's are as fine as `har`. */
export const FIRST_STAGE_STEPS_PER_FRAME = 20;

/** Channels of `x`. */
export const X_CHANNELS = 512;

/** Channels of `har`. */
export const HAR_CHANNELS = 22;

/** The residual blocks in the order in which `stats` and `gb` hold their norms. */
export const RESIDUAL_BLOCKS: readonly ResidualBlock[] = [
  { name: 'noise_res.0', stage: 0, channels: 256, kernel: 7 },
  { name: 'noise_res.1', stage: 1, channels: 128, kernel: 11 },
  { name: 'resblocks.0', stage: 0, channels: 256, kernel: 3 },
  { name: 'resblocks.1', stage: 0, channels: 256, kernel: 7 },
  { name: 'resblocks.2', stage: 0, channels: 256, kernel: 11 },
  { name: 'resblocks.3', stage: 1, channels: 128, kernel: 3 },
  { name: 'resblocks.4', stage: 1, channels: 128, kernel: 7 },
  { name: 'resblocks.5', stage: 1, channels: 128, kernel: 11 },
];

/** Dilations of the first convolution in a block's three rounds; the second one has none. */
export const ROUND_DILATIONS = [1, 3, 5] as const;

/** One instance norm and its place in `stats` and `gb`. */
export interface InstanceNorm {
  readonly name: string;
  readonly channels: number;
  /**
   * Where its numbers begin: `channels` means and then `channels` means of squares in `stats`; `channels` gains
   * (gamma plus one) and then `channels` offsets (beta) in `gb`.
   */
  readonly offset: number;
}

/** All 48 instance norms in the order of `stats` and `gb`. */
export const INSTANCE_NORMS: readonly InstanceNorm[] = layNorms();

/** Numbers in `stats` and in `gb`. */
export const STATS_WIDTH = INSTANCE_NORMS.reduce((sum, norm) => sum + 2 * norm.channels, 0);

/** Names of the 48 convolutions of the residual blocks, each after the norm that feeds it. */
export const BLOCK_CONVOLUTIONS: readonly { readonly name: string; readonly channels: number }[] =
  RESIDUAL_BLOCKS.flatMap(({ name, channels }) =>
    ROUND_DILATIONS.flatMap((_, round) =>
      (['convs1', 'convs2'] as const).map((side) => ({ name: `${name}/${side}.${round}`, channels })),
    ),
  );

function layNorms(): InstanceNorm[] {
  const norms: InstanceNorm[] = [];
  let offset = 0;
  for (const { name, channels } of RESIDUAL_BLOCKS)
    for (const round of ROUND_DILATIONS.keys())
      for (const side of [1, 2]) {
        norms.push({ name: `${name}/adain${side}.${round}`, channels, offset });
        offset += 2 * channels;
      }
  return norms;
}
