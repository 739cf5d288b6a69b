/**
 * `prepared.json`: what was prepared, from what, and how. It is written last and read first: without it nothing counts as
 * prepared.
 */
import { z } from 'zod';
import { PREPARED_GRAPHS } from './prepared-graphs.ts';

/** Name of the manifest in the model's folder. */
export const MANIFEST_FILE = 'prepared.json';

/**
 * Counts the changes of the preparation: raised whenever the same source would give other graphs, so that graphs of an
 * older program are prepared again.
 */
export const PREPARATION_VERSION = 5;

/** The official model file that is prepared: Kokoro-82M v1.0 in 8 bits, as kokoro-onnx publishes it. */
export const SOURCE = {
  file: 'kokoro-v1.0.int8.onnx',
  bytes: 92_361_271,
  sha256: '6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb',
} as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const writtenFile = z.object({ file: z.string(), bytes: z.number().int().positive(), sha256 });

/** The manifest's content. */
export const manifestSchema = z.object({
  format: z.literal('aloud-kokoro-prepared'),
  version: z.number().int(),
  source: writtenFile,
  /** sha256 of the calibration table's file. */
  calibrationSha256: sha256,
  recipe: z.object({
    calibrationMargin: z.number(),
    equalisationExponent: z.number(),
    inputClips: z.array(z.object({ convolutions: z.string(), share: z.number() })).readonly(),
    floatConvolutions: z.array(z.string()).readonly(),
  }),
  graphs: z.record(z.enum(PREPARED_GRAPHS), writtenFile),
});

/** See {@link manifestSchema}. */
export type PreparedManifest = z.infer<typeof manifestSchema>;

/** A file named in the manifest. */
export type WrittenFile = z.infer<typeof writtenFile>;
