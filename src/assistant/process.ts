/** Entry of the assistant's utility process: joins the service to the ports that main hands over. */
import { electronChannel, type ElectronPort } from '../common/channel.ts';
import { ALIVE, BEAT_MS, type Alive } from '../common/ports/alive.ts';
import type { AssistantCommand, AssistantReport } from '../common/ports/assistant-control.ts';
import type { LlmReport, LlmRequest } from '../common/ports/llm.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import type { TurnEvent } from '../common/ports/turn.ts';
import { unreachable } from '../common/result.ts';
import { AssistantService } from './assistant-service.ts';

/** A port whose other end is the peer that the message names. */
type PeerPort = ElectronPort<SpeechReport> & ElectronPort<LlmReport>;

/** What this file uses of Electron's `process.parentPort`. */
interface ParentPort {
  postMessage(report: AssistantReport | Alive): void;
  on(event: 'message', listener: (event: { data: AssistantCommand; ports: PeerPort[] }) => void): unknown;
}

const parentPort: ParentPort = process.parentPort;
const service = new AssistantService({ report: (report) => parentPort.postMessage(report) });

parentPort.on('message', ({ data, ports: [port] }) => {
  if (data.type !== 'port') service.handle(data);
  else if (port !== undefined) connect(data.peer, port);
});
parentPort.postMessage({ type: 'ready' });
setInterval(() => parentPort.postMessage(ALIVE), BEAT_MS);

function connect(peer: Extract<AssistantCommand, { type: 'port' }>['peer'], port: PeerPort): void {
  switch (peer) {
    case 'window':
      service.connectWindow(electronChannel<TurnEvent, unknown>(port));
      return;
    case 'speech':
      service.connectSpeech(electronChannel<SpeechRequest, SpeechReport>(port));
      return;
    case 'llm':
      service.connectLlm(electronChannel<LlmRequest, LlmReport>(port));
      return;
    default:
      unreachable(peer);
  }
}
