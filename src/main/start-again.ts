/** The notice that something ended too often, with the button that starts it again. */
import { dialog } from 'electron';
import type { AppError } from '../common/result.ts';
import { STRINGS } from '../common/strings/interface.ts';

/** Shows the notice; true when the person wants it started again. */
export async function askToStartAgain({ message }: AppError): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message,
    detail: STRINGS.dialogs.endedTooOften,
    buttons: [STRINGS.dialogs.startAgain, STRINGS.dialogs.notNow],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
