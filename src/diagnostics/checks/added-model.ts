/** One model folder that the person added: whether it can be used, and its files are what its description says. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { AddedModel, DamagedModel } from '../../library/added-models.ts';
import { failed, fine, type Check } from '../check.ts';

const ADD_AGAIN = 'Export the model again, or add it again.';

/** The check of one folder. */
export function addedModelCheck(model: AddedModel | DamagedModel): Check {
  const { id, folder } = model;
  return {
    id: `model ${id}`,
    title: `${id} (added)`,
    async run() {
      if ('problem' in model) return failed(model.problem, ADD_AGAIN, { state: 'damaged', folder });
      const sums = Object.entries(model.model.sha256);
      const wrong: string[] = [];
      for (const [name, wanted] of sums) {
        const found = await sha256Of(join(folder, name)).catch(() => undefined);
        if (found !== wanted) wrong.push(name);
      }
      if (wrong.length > 0)
        return failed(
          `Damaged in ${folder}: ${wrong.join(', ')} differ from what model.json describes.`,
          ADD_AGAIN,
          { state: 'damaged', folder, wrong },
        );
      const size = `${Math.round(model.size / 1e6)} MB`;
      const compared =
        sums.length === 0
          ? 'its description names no SHA-256 to compare with'
          : `the SHA-256 of ${sums.length} ${sums.length === 1 ? 'file is' : 'files are'} right`;
      return fine(`Installed in ${folder}; ${compared} (${size}).`, { state: 'installed', folder });
    },
  };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }))
    if (piece instanceof Uint8Array) hash.update(piece);
  return hash.digest('hex');
}
