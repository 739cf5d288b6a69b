/**
 * What a model's licence asks of whoever uses it, shown once before the first use: which licences were shown is kept in a
 * small file of the data folder. When that cannot be read or written, a licence is shown once too often, never too seldom.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { HiggsModel } from '../common/higgs-model.ts';
import { PHRASES } from '../common/strings/phrases.ts';

const shownSchema = z.array(z.string());

export interface LicenceNotes {
  /** The lines to show before the model is used; undefined when there is nothing to show, or it was shown. */
  due(model: HiggsModel): Promise<readonly string[] | undefined>;
  /** The person has seen them. */
  shown(model: HiggsModel): Promise<void>;
}

/** Opens the notes in the data folder. */
export function openLicenceNotes(folder: string): LicenceNotes {
  const path = join(folder, 'licences-shown.json');
  const read = async (): Promise<string[]> => {
    try {
      return shownSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      return [];
    }
  };
  return {
    async due(model) {
      if (model.licence.useClauses.length === 0) return undefined;
      return (await read()).includes(keyOf(model)) ? undefined : licenceLines(model);
    },
    async shown(model) {
      const all = new Set([...(await read()), keyOf(model)]);
      await mkdir(folder, { recursive: true })
        .then(() => writeFile(path, JSON.stringify([...all])))
        .catch(() => undefined);
    },
  };
}

/** A licence as lines: its name, where it stands, and what it asks. */
export function licenceLines({ name, licence }: HiggsModel): string[] {
  return [
    PHRASES.licences.ofModel(name, licence.name),
    ...licence.useClauses.map((clause) => `- ${clause}`),
    ...(licence.url === undefined ? [] : [PHRASES.licences.wholeText(licence.url)]),
  ];
}

/** Changes when the licence does. */
function keyOf({ name, licence }: HiggsModel): string {
  return createHash('sha256')
    .update(JSON.stringify([name, licence]))
    .digest('hex');
}
