/**
 * Kokoro's front in a thread of its own. `session.run` blocks the thread that it is called in, so only so can the front of
 * the next utterance run while the generator works on the one in hand.
 */
import { Worker } from 'node:worker_threads';
import { AppFailure } from '../../../common/result.ts';
import type { Front, FrontInput, FrontOutputs } from './front.ts';
import type { FrontAnswer, FrontCommand, FrontThreadData } from './front-thread.ts';

/** Opens the front in a thread of its own. Throws `AppFailure`: `model-missing`, `model-damaged`. */
export async function openFrontInThread(path: string, threads: number): Promise<Front> {
  const workerData: FrontThreadData = { path, threads };
  const worker = new Worker(new URL('./front-thread.ts', import.meta.url), { workerData });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  try {
    await opened(worker);
  } catch (thrown) {
    await ended;
    throw thrown;
  }
  return new ThreadFront(worker, ended);
}

function opened(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: FrontAnswer) => {
      // From here on an error of the thread is one of this program, as any other that nobody catches: it is started anew.
      worker.off('error', reject);
      if (answer.type === 'failed') reject(new AppFailure(answer.error));
      else resolve();
    });
  });
}

interface Asked {
  readonly resolve: (outputs: FrontOutputs) => void;
  readonly reject: (why: AppFailure) => void;
}

class ThreadFront implements Front {
  readonly runsBeside = true;
  private readonly worker: Worker;
  private readonly ended: Promise<void>;
  /** Runs that were not answered yet, in their order. */
  private readonly asked: Asked[] = [];

  constructor(worker: Worker, ended: Promise<void>) {
    this.worker = worker;
    this.ended = ended;
    worker.on('message', (answer: FrontAnswer) => {
      const first = answer.type === 'opened' ? undefined : this.asked.shift();
      if (answer.type === 'ran') first?.resolve(answer.outputs);
      if (answer.type === 'failed') first?.reject(new AppFailure(answer.error));
    });
  }

  run({ tokens, style, speed }: FrontInput): Promise<FrontOutputs> {
    return new Promise((resolve, reject) => {
      this.asked.push({ resolve, reject });
      this.tell({ type: 'run', tokens, style, speed });
    });
  }

  async release(): Promise<void> {
    this.tell({ type: 'end' });
    await this.ended;
  }

  private tell(command: FrontCommand): void {
    this.worker.postMessage(command);
  }
}
