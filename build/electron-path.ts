/** `npm run -s electron-path`: prints the Electron executable that start and tests use, and nothing else. */
import { ensureElectron } from './electron-runtime/runtime.ts';
import { runScript } from './script.ts';

await runScript(async () => {
  process.stdout.write(`${await ensureElectron()}\n`);
  return 0;
});
