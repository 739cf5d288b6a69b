/** Entry of the process that writes an answer's sound into a file for the window: the turn of `aloud say`, once. */
import type { WavJob, WavReport } from '../common/ports/wav.ts';
import { DEFAULT_SYSTEM_PROMPT } from '../common/provider.ts';
import { toAppError } from '../common/result.ts';
import { speakTurn } from './spoken-turn.ts';

/** What this file uses of Electron's `process.parentPort`. */
interface ParentPort {
  postMessage(report: WavReport): void;
  once(event: 'message', listener: (event: { data: WavJob }) => void): unknown;
}

const parentPort: ParentPort = process.parentPort;

parentPort.once('message', ({ data: { text, ...job } }) => {
  speakTurn({
    ...job,
    prompt: text,
    provider: { kind: 'read-aloud', id: 'read-aloud' },
    systemPrompt: DEFAULT_SYSTEM_PROMPT,
    json: false,
    onText: () => undefined,
  }).then(
    () => parentPort.postMessage({ error: undefined }),
    (thrown: unknown) => parentPort.postMessage({ error: toAppError(thrown, 'speech') }),
  );
});
