/** What main does on the person's desktop for the window: the clipboard, the browser, the save dialog. */
import { BrowserWindow, clipboard, dialog, nativeTheme, shell, type SaveDialogOptions } from 'electron';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { appError, err, ok, type Result } from '../common/result.ts';
import type { Settings } from '../common/settings.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { VOICE_FILE_ENDING } from '../common/voice-file.ts';
import { STRINGS } from '../common/strings/interface.ts';
import { outsideLink } from './outside-link.ts';

/** See the file's heading. */
export interface Desk {
  copy(text: string): void;
  /** The text in the clipboard; '' when there is none. */
  pasted(): Promise<string>;
  /** Light or dark, for the page, the menus and the window's frame. */
  showTheme(theme: Settings['theme']): void;
  /** Opens a web or mail address outside; everything else is refused. */
  openLink(url: string): Promise<Result<null>>;
  /** Shows a folder in the system's file manager. */
  showFolder(path: string): void;
  /** Opens a folder in the system's file manager; it is made if it is not there. */
  openFolder(path: string): Promise<Result<null>>;
  /** Asks where a WAV file shall go. Its path; '' when the person gave up. */
  askWhereToSave(title: string): Promise<string>;
  /** Asks where a voice file shall go. Its path; '' when the person gave up. */
  askWhereToSaveVoice(name: string): Promise<string>;
  /** Asks where the settings shall go. The file's path; '' when the person gave up. */
  askWhereToExport(): Promise<string>;
  /** Asks for a file with settings. Its path; '' when the person gave up. */
  askWhatToImport(): Promise<string>;
}

/** The desk of the running program. */
export const electronDesk: Desk = {
  copy: (text) => {
    void clipboard.writeText(text);
  },

  pasted: async () => clipboard.readText(),

  showTheme: (theme) => {
    nativeTheme.themeSource = theme;
  },

  async openLink(url) {
    const link = outsideLink(url);
    if (link === undefined) {
      return err(appError('request-invalid', 'system', FAILURES.desk.noWebPage));
    }
    await shell.openExternal(link);
    return ok(null);
  },

  showFolder: (path) => shell.showItemInFolder(path),

  async openFolder(path) {
    await mkdir(path, { recursive: true }).catch(() => undefined);
    const problem = await shell.openPath(path);
    if (problem === '') return ok(null);
    return err(appError('file-unreadable', 'system', FAILURES.desk.folderNotOpened(path)));
  },

  askWhereToSave(title) {
    return askForPath({
      defaultPath: join(homedir(), `${fileName(title)}.wav`),
      filters: [{ name: 'WAV', extensions: ['wav'] }],
    });
  },

  askWhereToSaveVoice(name) {
    return askForPath({
      defaultPath: join(homedir(), `${fileName(name)}${VOICE_FILE_ENDING}`),
      filters: [{ name: STRINGS.dialogs.voiceFiles, extensions: [VOICE_FILE_ENDING.slice(1)] }],
    });
  },

  askWhereToExport: () =>
    askForPath({ defaultPath: join(homedir(), 'aloud-settings.json'), filters: SETTINGS_FILTER }),

  async askWhatToImport() {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: STRINGS.dialogs.importSettings,
      properties: ['openFile'],
      filters: SETTINGS_FILTER,
    });
    return canceled ? '' : (filePaths[0] ?? '');
  },
};

const SETTINGS_FILTER = [{ name: STRINGS.dialogs.settingsFiles, extensions: ['json'] }];

async function askForPath(options: SaveDialogOptions): Promise<string> {
  const window = BrowserWindow.getFocusedWindow();
  const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return answer.canceled ? '' : answer.filePath;
}

/** A title as a file name on every system. */
function fileName(title: string): string {
  const safe = title
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return safe.slice(0, 60) || 'Aloud';
}
