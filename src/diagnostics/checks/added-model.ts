/** One model folder that the person added: whether it can be used, and its files are what its description says. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { AddedModel, DamagedModel } from '../../library/added-models.ts';
import { failed, fine, type Check } from '../check.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

const ADD_AGAIN = FINDINGS.addedModel.again;

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
        return failed(FINDINGS.addedModel.damaged(folder, wrong.join(', ')), ADD_AGAIN, {
          state: 'damaged',
          folder,
          wrong,
        });
      const size = `${Math.round(model.size / 1e6)} MB`;
      const compared =
        sums.length === 0 ? FINDINGS.addedModel.noSums : FINDINGS.addedModel.sumsRight(sums.length);
      return fine(FINDINGS.addedModel.installed(folder, compared, size), { state: 'installed', folder });
    },
  };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }))
    if (piece instanceof Uint8Array) hash.update(piece);
  return hash.digest('hex');
}
