/**
 * Entry of the speech worker thread, which the command line uses in place of Electron's utility process. Its parent port
 * takes {@link ThreadCommand}s and gives `SpeechControlReport`s.
 */
import { parentPort, type MessagePort } from 'node:worker_threads';
import { threadChannel } from '../common/channel.ts';
import type { PlayerCredit, PlayerInput } from '../common/ports/player.ts';
import type { SpeechCommand } from '../common/ports/speech-control.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import { createEngine } from './engines/engines.ts';
import { startSpeechHost } from './speech-host.ts';

/**
 * A command as it comes to the thread. Where Electron hands a port over beside the message, a thread takes it in the
 * message: `port` must be in the transfer list too.
 */
export type ThreadCommand =
  | (SpeechCommand & { readonly port?: MessagePort })
  /** Frees the engine and ends the thread. ONNX Runtime brings the whole program down when its thread ends in a run. */
  | { readonly type: 'end' };

if (parentPort === null) throw new Error('src/speech/thread.ts runs only as a worker thread.');
const control = parentPort;
const host = startSpeechHost((report) => control.postMessage(report), createEngine);

control.on('message', (message: ThreadCommand) => {
  if (message.type === 'end') {
    void host.end().finally(() => control.close());
    return;
  }
  const { port, ...command } = message;
  host.handle(
    command,
    port && {
      assistant: () => threadChannel<SpeechReport, SpeechRequest>(port),
      player: () => threadChannel<PlayerInput, PlayerCredit>(port),
    },
  );
});
