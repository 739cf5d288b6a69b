/** Whether the settings can be read, and whether older ones were set aside because they could not. */
import { failed, fine, note, type Check } from '../check.ts';
import { readSettings, setAsideFiles, SETTINGS_FILE } from '../settings-reading.ts';
import { FINDINGS } from '../../common/strings/findings.ts';

export const settingsFileCheck: Check = {
  id: 'settings file',
  title: FINDINGS.settings.title,
  async run({ settingsFolder }) {
    const { state, path, problem } = await readSettings(settingsFolder);
    if (state === 'damaged')
      return failed(FINDINGS.settings.damaged(path, problem), FINDINGS.files.startAloud);
    if (state === 'newer')
      return failed(FINDINGS.settings.newer(path, problem), FINDINGS.settings.installNewer);
    const aside = await setAsideFiles(settingsFolder, SETTINGS_FILE);
    if (aside.length > 0)
      return note(FINDINGS.settings.readable(aside.join(', '), settingsFolder), FINDINGS.files.deleteKept);
    return fine(state === 'missing' ? FINDINGS.settings.none(path) : FINDINGS.settings.whole(path));
  },
};
