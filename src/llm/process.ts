/** Entry of the built-in model's utility process: each port that main hands over is served from one generator. */
import { electronChannel, type ElectronPort } from '../common/channel.ts';
import { ALIVE, BEAT_MS, type Alive } from '../common/ports/alive.ts';
import type { LlmLoaded, LlmReport, LlmRequest } from '../common/ports/llm.ts';
import { withoutBinaryTrial } from './binary-trial.ts';
import { createGenerator } from './generator.ts';
import { serveLlm, type LlmServing } from './service.ts';

/** What this file uses of Electron's `process.parentPort`. */
interface ParentPort {
  postMessage(report: Alive | LlmLoaded): void;
  on(event: 'message', listener: (event: { ports: ElectronPort<LlmRequest>[] }) => void): unknown;
}

const parentPort: ParentPort = process.parentPort;
const generator = createGenerator(withoutBinaryTrial);
let servings: LlmServing[] = [];

parentPort.on('message', (event) => {
  // What an older port asked for and still runs keeps the process from resting.
  servings = servings.filter(({ isIdle }) => !isIdle);
  for (const port of event.ports)
    servings.push(
      serveLlm(electronChannel<LlmReport, LlmRequest>(port), generator, () =>
        parentPort.postMessage({ type: 'loaded' }),
      ),
    );
});

// llama.cpp works in threads of its own: this one always answers.
setInterval(
  () => parentPort.postMessage({ ...ALIVE, idle: servings.every(({ isIdle }) => isIdle) }),
  BEAT_MS,
);
