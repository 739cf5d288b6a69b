/** Whether the voice model is prepared for this program, and the graphs that were made are whole. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { preparedModel, type PreparedModel } from '../../speech/engines/kokoro/prepare/prepared-model.ts';
import { PREPARED_GRAPHS } from '../../speech/engines/kokoro/prepare/prepared-graphs.ts';
import { failed, fine, note, type Check } from '../check.ts';
import { locateVoice, PREPARE_AGAIN } from '../voice-model.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

export const preparedVoiceCheck: Check = {
  id: 'prepared voice',
  title: FINDINGS.prepared.title,
  async run(context) {
    const voice = await locateVoice(context);
    if (voice === undefined) return note(FINDINGS.prepared.noModel);
    const { modelFolder, preparedFolder } = voice;
    const prepared = await preparedModel({
      sourceFolder: modelFolder,
      preparedFolder,
      dataFolder: context.dataFolder,
    });
    if (prepared.state === 'unprepared')
      return note(FINDINGS.prepared.notThere(prepared.reason), FINDINGS.prepared.madeAtLoad);
    const damaged = await damagedGraphs(prepared);
    if (damaged.length > 0)
      return failed(FINDINGS.prepared.damaged(preparedFolder, damaged.join(', ')), PREPARE_AGAIN, {
        damaged,
      });
    return fine(FINDINGS.prepared.ready(preparedFolder), {
      version: prepared.manifest.version,
    });
  },
};

async function damagedGraphs({
  paths,
  manifest,
}: Extract<PreparedModel, { state: 'ready' }>): Promise<string[]> {
  const damaged: string[] = [];
  for (const name of PREPARED_GRAPHS) {
    const hash = createHash('sha256').update(await readFile(paths[name]));
    if (hash.digest('hex') !== manifest.graphs[name].sha256) damaged.push(manifest.graphs[name].file);
  }
  return damaged;
}
