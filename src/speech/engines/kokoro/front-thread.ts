/** Entry of the thread in which Kokoro's front runs beside the generator. It takes {@link FrontCommand}s and gives {@link FrontAnswer}s. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { toAppError, type AppError } from '../../../common/result.ts';
import { openFront, type FrontInput, type FrontOutputs } from './front.ts';

/** What the thread is started with. */
export const frontThreadDataSchema = z.object({
  /** Absolute path of the graph. */
  path: z.string(),
  /** Threads of one run. */
  threads: z.number(),
});

export type FrontThreadData = z.infer<typeof frontThreadDataSchema>;

export type FrontCommand =
  /** Answered by `ran` or `failed`. */
  | ({ readonly type: 'run' } & FrontInput)
  /** Frees the graph and ends the thread, after the runs that were asked for before. */
  | { readonly type: 'end' };

export type FrontAnswer =
  /** The graph is loaded; or `failed`, after which the thread ends. */
  | { readonly type: 'opened' }
  | { readonly type: 'ran'; readonly outputs: FrontOutputs }
  | { readonly type: 'failed'; readonly error: AppError };

if (parentPort === null)
  throw new Error('src/speech/engines/kokoro/front-thread.ts runs only as a worker thread.');
const decoder = parentPort;
const answer = (message: FrontAnswer): void => decoder.postMessage(message);

const { path, threads } = frontThreadDataSchema.parse(workerData);
try {
  const front = await openFront(path, threads);
  // Each command waits for the one before: a run blocks this thread, but its promise is settled in a later turn.
  let done = Promise.resolve();
  decoder.on('message', (command: FrontCommand) => {
    done = done.then(async () => {
      if (command.type === 'end') {
        await front.release();
        decoder.close();
        return;
      }
      try {
        answer({ type: 'ran', outputs: await front.run(command) });
      } catch (thrown) {
        answer({ type: 'failed', error: toAppError(thrown, 'speech') });
      }
    });
  });
  answer({ type: 'opened' });
} catch (thrown) {
  answer({ type: 'failed', error: toAppError(thrown, 'model') });
}
