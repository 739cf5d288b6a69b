/**
 * New versions, for a person who switched the question on (`checkForUpdates`; it is off at first) in a program that was
 * packaged with a place to ask. Nothing is downloaded and nothing installed without their word.
 */
import { app, dialog } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { STRINGS } from '../common/strings/interface.ts';

/** Asks once for a new version. Does nothing in a checkout and in a package that names no place; never rejects. */
export async function offerUpdate(): Promise<void> {
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return;
  try {
    // Loaded here, because most people never need it.
    const { autoUpdater } = (await import('electron-updater')).default;
    autoUpdater.autoDownload = false;
    autoUpdater.autoInstallOnAppQuit = false;
    const found = await autoUpdater.checkForUpdates();
    if (!found?.isUpdateAvailable) return;
    if (!(await agreed(STRINGS.dialogs.updateThere(found.updateInfo.version), STRINGS.dialogs.download)))
      return;
    await autoUpdater.downloadUpdate();
    if (await agreed(STRINGS.dialogs.updateReady, STRINGS.dialogs.restart)) autoUpdater.quitAndInstall();
  } catch {
    // Without a network there is no new version to offer, and the person did not ask just now.
    console.warn('New versions could not be asked for.');
  }
}

async function agreed(message: string, yes: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message,
    buttons: [yes, STRINGS.dialogs.notNow],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
