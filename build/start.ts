/** `npm start`: prepares what is missing and opens the app. Words after `--` go to Electron and to the app. */
import { existsSync } from 'node:fs';
import { fail } from '../src/common/result.ts';
import { ensureBuilt } from './built-app.ts';
import { ensureDebianPackages } from './debian-packages.ts';
import { ensureElectron } from './electron-runtime/runtime.ts';
import { ensureModels, LANGUAGE_MODEL, SPEECH_MODEL } from './models.ts';
import { ensureSandbox } from './sandbox.ts';
import { isRoot, runProgram, runScript } from './script.ts';

await runScript(async (args) => {
  requireDisplay();
  await ensureDebianPackages(['app']);
  const electron = await ensureElectron();
  ensureSandbox(electron);
  await ensureModels([SPEECH_MODEL, LANGUAGE_MODEL]);
  await ensureBuilt();
  return runProgram(electron, ['.', ...switches(), ...args], { streams: 'inherit' });
});

function requireDisplay(): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return;
  fail('internal', 'system', {
    message: 'There is no display to open a window on.',
    hint: 'Without one, use: npm run say -- "Hello there."',
  });
}

/** Chromium refuses its sandbox to root, and tries in vain to use a GPU that is not there. */
function switches(): string[] {
  const blind = process.platform === 'linux' && !existsSync('/dev/dri');
  return [...(isRoot() ? ['--no-sandbox'] : []), ...(blind ? ['--disable-gpu'] : [])];
}
