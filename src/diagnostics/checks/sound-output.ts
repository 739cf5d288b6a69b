/** Whether there is something to play on. Only the app's window can tell: it plays through Chromium. */
import { failed, fine, note, type Check } from '../check.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

export const soundOutputCheck: Check = {
  id: 'sound output',
  title: FINDINGS.sound.title,
  run({ app }) {
    if (app === undefined)
      return Promise.resolve(note(FINDINGS.sound.onlyTheApp, FINDINGS.sound.openDiagnostics));
    const { outputs } = app;
    const figures = { outputs };
    if (outputs === 0)
      return Promise.resolve(failed(FINDINGS.sound.noDevice, FINDINGS.sound.connect, figures));
    return Promise.resolve(fine(`${outputs} output ${outputs === 1 ? 'device' : 'devices'}.`, figures));
  },
};
