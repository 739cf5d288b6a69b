/**
 * What the self-check found on this machine, kept beside the prepared graphs (`self-check.json`), so that it is made once
 * for each CPU, runtime, number of cores, choice of threads and preparation.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { epNameSchema } from '../../../common/engine.ts';
import type { EpFinding } from './ep-choice.ts';
import type { ThreadFinding, VariantFinding } from './self-check.ts';
import { VARIANTS } from './variants.ts';

/** Name of the file in the prepared folder. */
export const SELF_CHECK_FILE = 'self-check.json';

const conditionsSchema = z.object({
  /** The CPU's name, as the system tells it. */
  cpu: z.string(),
  /** Version of ONNX Runtime. */
  runtime: z.string(),
  cores: z.int().positive(),
  /** The numbers of threads that are tried of a prepared variant. */
  threadsTried: z.array(z.int().positive()),
  preparation: z.int().positive(),
  /** SHA-256 of the prepared graphs, joined: another preparation of the same version is checked anew. */
  graphs: z.string(),
});

/** On what a self-check depends. */
export type CheckConditions = z.infer<typeof conditionsSchema>;

const findingSchema = z.discriminatedUnion('runs', [
  z.object({
    variant: z.enum(VARIANTS),
    runs: z.literal(true),
    differenceDb: z.number().nullable(),
    rtf: z.number(),
    firstMs: z.number(),
  }),
  z.object({ variant: z.enum(VARIANTS), runs: z.literal(false), reason: z.string() }),
]) satisfies z.ZodType<VariantFinding>;

const threadFindingSchema = z.object({
  threads: z.int().positive(),
  rtf: z.number(),
  firstMs: z.number(),
}) satisfies z.ZodType<ThreadFinding>;

const epFindingSchema = z.object({
  ep: epNameSchema,
  differenceDb: z.number().nullable(),
  rtf: z.number(),
  firstMs: z.number(),
}) satisfies z.ZodType<EpFinding>;

const checkSchema = z.object({
  conditions: conditionsSchema,
  /** ISO 8601. */
  checkedAt: z.string(),
  chosen: z.enum(VARIANTS),
  findings: z.array(findingSchema),
  /** Threads of one run of the chosen variant, if it is a prepared one. */
  threads: z.int().positive(),
  /** What was found of each number of threads that was tried; none where there was no choice. */
  threadFindings: z.array(threadFindingSchema),
  /** Other execution providers that ran; tried when the voice is first loaded where they can be there. */
  eps: z.array(epFindingSchema).default([]),
});

/** One self-check. */
export type SelfCheck = z.infer<typeof checkSchema>;

const recordSchema = z.object({ format: z.literal('aloud-kokoro-self-check'), checks: z.array(checkSchema) });

/** How many are kept: a folder may be shared by machines, and a machine change its runtime. */
const KEPT = 8;

/** All kept self-checks, the newest last. What cannot be read counts as none: the check is made again. */
export async function readSelfChecks(preparedFolder: string): Promise<readonly SelfCheck[]> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(join(preparedFolder, SELF_CHECK_FILE), 'utf8')))
      .checks;
  } catch {
    return [];
  }
}

/** The self-check made under these conditions. */
export async function findSelfCheck(
  preparedFolder: string,
  conditions: CheckConditions,
): Promise<SelfCheck | undefined> {
  const checks = await readSelfChecks(preparedFolder);
  return checks.findLast((check) => JSON.stringify(check.conditions) === JSON.stringify(conditions));
}

/** Keeps a self-check in place of an older one made under the same conditions. Never throws: unkept, it is made again. */
export async function keepSelfCheck(preparedFolder: string, check: SelfCheck): Promise<void> {
  const others = (await readSelfChecks(preparedFolder)).filter(
    ({ conditions }) => JSON.stringify(conditions) !== JSON.stringify(check.conditions),
  );
  const record = { format: 'aloud-kokoro-self-check', checks: [...others, check].slice(-KEPT) };
  const path = join(preparedFolder, SELF_CHECK_FILE);
  try {
    await mkdir(preparedFolder, { recursive: true });
    await writeFile(`${path}.${process.pid}`, `${JSON.stringify(record, null, 2)}\n`);
    await rename(`${path}.${process.pid}`, path);
  } catch {
    return;
  }
}
