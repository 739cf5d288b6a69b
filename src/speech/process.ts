/** Entry of the speech utility process: the only file of this room that knows Electron's `process.parentPort`. */
import { electronChannel, type ElectronPort } from '../common/channel.ts';
import { ALIVE, BEAT_MS, IDLE_SILENCE_MS, type Alive } from '../common/ports/alive.ts';
import type { PlayerCredit, PlayerInput } from '../common/ports/player.ts';
import type { SpeechCommand, SpeechControlReport } from '../common/ports/speech-control.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import { createEngine } from './engines/engines.ts';
import { startSpeechHost } from './speech-host.ts';

/** What this file uses of Electron's `process.parentPort`; its other end is Aloud's own main process. */
interface ParentPort {
  postMessage(report: SpeechControlReport | Alive): void;
  on(
    event: 'message',
    listener: (event: {
      data: SpeechCommand;
      ports: (ElectronPort<SpeechRequest> & ElectronPort<PlayerCredit>)[];
    }) => void,
  ): unknown;
}

const parentPort: ParentPort = process.parentPort;
let alive = ALIVE;
const host = startSpeechHost(
  (report) => parentPort.postMessage(report),
  createEngine,
  (withinMs) => {
    alive = { type: 'alive', withinMs: Math.max(withinMs, IDLE_SILENCE_MS) };
    parentPort.postMessage(alive);
  },
);
setInterval(() => parentPort.postMessage({ ...alive, idle: host.isIdle }), BEAT_MS);

parentPort.on('message', ({ data, ports: [port] }) => {
  host.handle(
    data,
    port && {
      assistant: () => electronChannel<SpeechReport, SpeechRequest>(port),
      player: () => electronChannel<PlayerInput, PlayerCredit>(port),
    },
  );
});
