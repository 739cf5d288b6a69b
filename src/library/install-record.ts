/**
 * What an install leaves beside a model's files: their sizes and sums. By it a whole model of an older catalog is told
 * from a damaged one. A model without a record, put there by hand, is judged by the sizes in the catalog alone.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from './atomic-file.ts';
import type { CatalogModel } from './catalog.ts';
import { failWriting } from './download-failures.ts';

/** Name of the record in a model's folder. */
export const RECORD_FILE = 'installed.json';

const recordSchema = z.object({
  version: z.literal(1),
  files: z.array(z.object({ name: z.string(), size: z.number(), sha256: z.string() })).min(1),
});
export type InstallRecord = z.infer<typeof recordSchema>;

/** Writes the record of a model whose files are all in place. Throws `file-unwritable` or `disk-full`. */
export async function writeRecord(folder: string, { files }: CatalogModel): Promise<void> {
  const record: InstallRecord = {
    version: 1,
    files: files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
  };
  const path = join(folder, RECORD_FILE);
  // As readable as the files of the model that it describes.
  await writeFileAtomically(path, `${JSON.stringify(record, null, 2)}\n`, 0o644).catch((thrown: unknown) =>
    failWriting(thrown, path),
  );
}

/** The record in a folder; undefined when there is none that can be read. */
export async function readRecord(folder: string): Promise<InstallRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(join(folder, RECORD_FILE), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whether all files of the record are there with their sizes. */
export async function isRecordWhole(folder: string, { files }: InstallRecord): Promise<boolean> {
  for (const { name, size } of files) {
    const facts = await stat(join(folder, name)).catch(() => undefined);
    if (facts?.isFile() !== true || facts.size !== size) return false;
  }
  return true;
}

/** Whether the record is of the very files that the catalog describes. */
export function isOfCatalog({ files }: InstallRecord, model: CatalogModel): boolean {
  return model.files.every((file) =>
    files.some(({ name, sha256 }) => name === file.name && sha256 === file.sha256),
  );
}
