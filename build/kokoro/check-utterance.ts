/**
 * Makes `models/kokoro-82m/check-utterance.json`: the utterance by which the program checks the voice on a machine, and how
 * the float generator says it. Run it again when the front or the float generator change:
 *
 *     npx tsx build/kokoro/check-utterance.ts FOLDER_OF_THE_OFFICIAL_FILE PREPARED_FOLDER
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseStyleTable } from '../../src/common/style-table.ts';
import { CHECK_HOP, CHECK_UTTERANCE_FILE } from '../../src/speech/engines/kokoro/check-utterance.ts';
import { loadEdgeLevels } from '../../src/speech/engines/kokoro/edge-levels.ts';
import { logMel } from '../../src/speech/engines/kokoro/log-mel.ts';
import { prepareModel } from '../../src/speech/engines/kokoro/prepare/prepare-model.ts';
import { preparedModel } from '../../src/speech/engines/kokoro/prepare/prepared-model.ts';
import { loadPredictor } from '../../src/speech/engines/kokoro/statistics-predictor.ts';
import { styleRow } from '../../src/speech/engines/kokoro/styles.ts';
import { openVariant } from '../../src/speech/engines/kokoro/variants.ts';
import { loadVocabulary } from '../../src/speech/engines/kokoro/vocabulary.ts';
import { loadG2p } from '../../src/speech/g2p/g2p.ts';
import { ROOT, runScript } from '../script.ts';

const TEXT = 'The voice is ready, and so am I.';
const VOICE = 'af_heart';

await runScript(async ([sourceFolder = '', preparedFolder = '']) => {
  const dataFolder = join(ROOT, 'models');
  const folders = { sourceFolder, preparedFolder, dataFolder };
  await prepareModel(folders);
  const prepared = await preparedModel(folders);
  if (prepared.state !== 'ready') throw new Error(prepared.reason);
  const [g2p, vocabulary, predictor, edgeLevels] = await Promise.all([
    loadG2p(dataFolder, 'en-US'),
    loadVocabulary(dataFolder),
    loadPredictor(dataFolder),
    loadEdgeLevels(dataFolder),
  ]);
  const file = readFileSync(join(ROOT, 'voices', `${VOICE}.bin`));
  const table = parseStyleTable(file);
  if (!table.ok) throw new Error(table.error);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const tokens = vocabulary.tokens(vocabulary.known(g2p.phonemize(TEXT).phonemes));
  const style = styleRow({ numbers: table.value, sha256 }, tokens.length);
  const decoder = await openVariant('float', { modelFolder: sourceFolder, prepared, predictor, edgeLevels });
  // Without a known voice the utterance is decoded whole.
  for await (const { samples } of decoder.decode(
    { tokens, style, styleSha256: '', speed: 1 },
    new AbortController().signal,
  )) {
    const content = {
      text: TEXT,
      tokens,
      style: Array.from(style),
      styleSha256: sha256,
      samples: samples.length,
      levels: logMel(samples, CHECK_HOP).map((level) => Math.round(level * 10) / 10),
    };
    writeFileSync(join(dataFolder, 'kokoro-82m', CHECK_UTTERANCE_FILE), `${JSON.stringify(content)}\n`);
  }
  await decoder.dispose();
  return 0;
});
