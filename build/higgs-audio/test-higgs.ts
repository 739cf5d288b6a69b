/**
 * `npm run test:higgs -- FOLDER`: the golden suite of the Higgs Audio engine against a folder of fixtures in the form of
 * `src/speech/engines/higgs-audio/fixtures/tiny`, whatever its dimensions; against that one when no folder is given.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail } from '../../src/common/result.ts';
import { runProgram, runScript } from '../script.ts';

const SUITE = 'src/speech/engines/higgs-audio';

await runScript(async ([folder = join(SUITE, 'fixtures', 'tiny')]) => {
  // npm changes to the checkout and tells where it was called from.
  const fixtures = resolve(process.env['INIT_CWD'] ?? process.cwd(), folder);
  for (const needed of ['model.json', 'goldens'])
    if (!existsSync(join(fixtures, needed)))
      fail('file-unreadable', 'model', {
        message: `${fixtures} holds no fixtures: it has no ${needed}.`,
        hint: 'Give the folder that holds model.json and goldens/.',
      });
  const env = { ...process.env, ALOUD_HIGGS_FIXTURES: fixtures };
  return runProgram('npx', ['--no-install', 'vitest', 'run', SUITE], { streams: 'inherit', env });
});
