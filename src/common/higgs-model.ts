/**
 * `model.json`: what a folder of Higgs Audio v2 graphs says about itself. Everything that differs between models comes from
 * here; the engine has no number of its own for them. Unknown fields are kept out of the way, not refused.
 */
import { z } from 'zod';
import { PHRASES } from './strings/phrases.ts';

/** A file beside `model.json`: a plain name, so that nothing outside the folder can be named. */
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, PHRASES.modelFile.plainName);

const count = z.int().positive();
const id = z.int().min(0);

/** Samples of frames are counted in hops; left and right context and repeats in frames. */
const streamSchema = z.object({
  /** Frames of the first, second, … chunk; the last entry goes on. */
  schedule: z.array(z.int().min(1).max(1_000)).min(1).max(64),
  left: z.int().min(0).max(1_000),
  right: z.int().min(0).max(1_000),
  /** Right context of the first chunk; equal to `right`, there is no fast start. */
  firstRight: z.int().min(0).max(1_000),
  /** Copies of the last frame that stand in for the context behind the end. */
  tailRepeat: z.int().min(0).max(1_000),
  /** Samples of the cross-fade from the first chunk of a fast start into the second. */
  fadeSamples: z.int().min(0).max(96_000),
});

export const higgsModelSchema = z
  .object({
    schema: z.literal(1),
    /** Becomes the name of the model's folder. */
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
      .max(100),
    engine: z.literal('higgs-audio'),
    sampleRate: z.int().min(8_000).max(192_000),
    licence: z.object({
      name: z.string().min(1).max(1_000),
      url: z.url().optional(),
      /** What the licence asks of whoever uses the model, a sentence each; shown before the first use. */
      useClauses: z.array(z.string().min(1).max(1_000)).max(50).default([]),
    }),
    files: z.object({
      llm: fileName,
      decodeBlock: fileName.optional(),
      codecEncoder: fileName.optional(),
      codecDecoder: fileName,
      tokenizer: fileName,
    }),
    /** SHA-256 of files in the folder, where they are known; compared when the folder is added. */
    sha256: z.record(fileName, z.string().regex(/^[0-9a-f]{64}$/)).default({}),
    arch: z.object({
      layers: count,
      hidden: count,
      heads: count,
      kvHeads: count,
      headDim: count,
      vocab: count,
      kvDtype: z.enum(['float32', 'float16']),
    }),
    audio: z.object({
      codebooks: count.max(64),
      /** Codes of one codebook, begin and end marks included. */
      codebookSize: z.int().min(3),
      bos: id,
      eos: id,
      delay: z.literal('linear'),
      /** Frames a second. */
      frameRate: z.number().positive(),
      /** Samples of one frame. */
      hop: count,
    }),
    prompt: z.object({
      template: z.literal('higgs-v2'),
      /** Text of a system turn before everything else; null for none. */
      system: z.string().nullable(),
      ids: z.object({
        beginOfText: id,
        endOfText: id,
        startHeader: id,
        endHeader: id,
        eom: id,
        eot: id,
        audioBos: id,
        audioEos: id,
        audioOutBos: id,
        audioIn: id,
        audioOut: id,
        audioDelay: id,
      }),
    }),
    sampling: z.object({
      /** 0: always the likeliest code. */
      temperature: z.number().min(0).max(10),
      /** 1 = off. */
      topP: z.number().gt(0).max(1),
      /** 0 = off. */
      topK: z.int().min(0),
      /** Columns that the repetition rule looks back. */
      rasWindow: z.int().min(1).max(1_000),
      /** How often a code may be in the window before it is drawn again. */
      rasMaxRepeat: z.int().min(1),
      maxFrames: count,
    }),
    stream: streamSchema,
    limits: z.object({ maxPositions: count }),
  })
  .superRefine(({ audio, arch, stream, sampleRate }, context) => {
    const wrong = (path: string[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    // The codec knows the codes below the two marks, which are the last two of a codebook.
    if (audio.bos !== audio.codebookSize - 2) wrong(['audio', 'bos'], PHRASES.modelFile.twoLess);
    if (audio.eos !== audio.codebookSize - 1) wrong(['audio', 'eos'], PHRASES.modelFile.oneLess);
    if (arch.heads % arch.kvHeads !== 0) wrong(['arch', 'kvHeads'], PHRASES.modelFile.dividesHeads);
    if (Math.abs(audio.frameRate * audio.hop - sampleRate) > 1)
      wrong(['audio', 'hop'], PHRASES.modelFile.samplesPerFrame);
    if (stream.firstRight > stream.right) wrong(['stream', 'firstRight'], PHRASES.modelFile.notAboveRight);
    if (stream.fadeSamples > stream.firstRight * audio.hop && stream.firstRight < stream.right)
      wrong(['stream', 'fadeSamples'], PHRASES.modelFile.withinFirstRight);
  });

export type HiggsModel = z.infer<typeof higgsModelSchema>;
export type StreamSettings = z.infer<typeof streamSchema>;
export type SamplingSettings = HiggsModel['sampling'];
export type PromptIds = HiggsModel['prompt']['ids'];

/** Name of the file that makes a folder a model folder. */
export const MODEL_FILE = 'model.json';

/** Reads the text of a `model.json`; a failure is one clause, such as "audio.hop: must be …". */
export function parseHiggsModel(
  text: string,
): { readonly ok: true; readonly model: HiggsModel } | { readonly ok: false; readonly problem: string } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { ok: false, problem: PHRASES.modelFile.noJson };
  }
  const parsed = higgsModelSchema.safeParse(content);
  if (parsed.success) return { ok: true, model: parsed.data };
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || PHRASES.modelFile.wholeFile}: ${message}`,
  );
  return { ok: false, problem: problems.join('; ') };
}
