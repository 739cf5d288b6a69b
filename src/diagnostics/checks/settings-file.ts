/** Whether the settings can be read, and whether older ones were set aside because they could not. */
import { failed, fine, note, type Check } from '../check.ts';
import { readSettings, setAsideFiles, SETTINGS_FILE } from '../settings-reading.ts';

export const settingsFileCheck: Check = {
  id: 'settings file',
  title: 'Settings',
  async run({ settingsFolder }) {
    const { state, path, problem } = await readSettings(settingsFolder);
    if (state === 'damaged')
      return failed(
        `${path} is damaged (${problem}), so the default settings are used.`,
        'Start Aloud: it keeps the file under another name and begins a new one.',
      );
    if (state === 'newer')
      return failed(
        `${path} was written by a newer Aloud (${problem}), so the default settings are used.`,
        'Install the newer Aloud again, or start this one: it keeps the file under another name and begins a new one.',
      );
    const aside = await setAsideFiles(settingsFolder, SETTINGS_FILE);
    if (aside.length > 0)
      return note(
        `The settings can be read. Others that could not be used were kept as ${aside.join(', ')} in ${settingsFolder}.`,
        'Delete what you do not want back.',
      );
    return fine(state === 'missing' ? `None yet: the defaults are used (${path}).` : `Whole: ${path}.`);
  },
};
