/** Catalog entries for contents made up in tests. */
import { createHash } from 'node:crypto';
import type { CatalogFile, CatalogModel } from '../catalog.ts';

/** A model of one file with this content. */
export function modelOf(
  content: Uint8Array,
  sources: CatalogFile['sources'],
  overrides: Partial<CatalogModel> = {},
): CatalogModel {
  return {
    id: 'small-model',
    kind: 'speech',
    label: 'small model',
    description: 'A model of a test.',
    licence: 'MIT',
    licenceUrl: 'https://example.org/licence',
    files: [fileOf('weights.bin', content, sources)],
    ...overrides,
  };
}

/** A catalog file with this content. */
export function fileOf(name: string, content: Uint8Array, sources: CatalogFile['sources']): CatalogFile {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name, size: content.length, sha256, sources };
}

/** Bytes that differ everywhere, so that a hole, a repeat or a shift shows in the checksum. */
export function bytesOf(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    // Numerical Recipes' linear congruential generator; its high byte is random enough here.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
