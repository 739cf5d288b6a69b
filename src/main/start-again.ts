/** The notice that something ended too often, with the button that starts it again. */
import { dialog } from 'electron';
import type { AppError } from '../common/result.ts';

/** Shows the notice; true when the person wants it started again. */
export async function askToStartAgain({ message }: AppError): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message,
    detail: 'It ended several times within a few minutes and was not started again.',
    buttons: ['Start again', 'Not now'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
