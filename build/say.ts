/** `npm run say -- "Hello there."`: speaks on a fresh machine, with or without a display. */
import { runAloud } from './aloud-program.ts';
import { ensureModels, SPEECH_MODEL } from './models.ts';
import { runScript } from './script.ts';

await runScript(async (args) => {
  await ensureModels([SPEECH_MODEL]);
  return runAloud(['say', ...args]);
});
