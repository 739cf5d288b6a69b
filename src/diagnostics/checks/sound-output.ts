/** Whether there is something to play on. Only the app's window can tell: it plays through Chromium. */
import { failed, fine, note, type Check } from '../check.ts';

export const soundOutputCheck: Check = {
  id: 'sound output',
  title: 'Sound output',
  run({ app }) {
    if (app === undefined)
      return Promise.resolve(
        note(
          'Only the app can tell: the command line writes files and plays nothing.',
          'Open Diagnostics in the app.',
        ),
      );
    const { outputs } = app;
    const figures = { outputs };
    if (outputs === 0)
      return Promise.resolve(
        failed('There is no sound output device.', 'Connect a loudspeaker or headphones.', figures),
      );
    return Promise.resolve(fine(`${outputs} output ${outputs === 1 ? 'device' : 'devices'}.`, figures));
  },
};
