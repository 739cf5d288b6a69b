/**
 * Opens one graph of a model folder and runs it. Graphs are opened from their path: weights above 2 GB, and those of the
 * decode block, lie in a data file beside them that only a path leads to.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InferenceSession, type Tensor } from 'onnxruntime-node';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { graphDifferences, type GraphContract } from '../../onnx-contract.ts';

export interface GraphOptions {
  /** Threads of one run. */
  readonly threads: number;
  /** ONNX Runtime execution provider. Only `cpu` is behind it, for what it cannot do. */
  readonly ep: string;
}

export interface Graph {
  /** Runs the graph. Throws `AppFailure` with `synthesis-failed`. */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  dispose(): Promise<void>;
}

/**
 * Opens a graph. Throws `AppFailure`: `model-missing`, `model-damaged` (the runtime cannot read it) or `model-mismatch`
 * (the message lists all differences from the contract).
 */
export async function openGraph(
  path: string,
  contract: GraphContract,
  options: GraphOptions,
): Promise<Graph> {
  const name = basename(path);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) fail('model-missing', 'model', FAILURES.higgs.fileMissing(name, path));
  const session = await openSession(path, options);
  const differences = graphDifferences(session, contract);
  if (differences.length > 0) {
    await session.release();
    fail('model-mismatch', 'model', FAILURES.higgs.doesNotFit(name, differences.join('; ')));
  }
  return {
    async run(feeds) {
      try {
        return await session.run(feeds);
      } catch (cause) {
        const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
        return fail('synthesis-failed', 'speech', FAILURES.higgs.failedIn(name, reason.slice(0, 300)), {
          cause,
        });
      }
    },
    dispose: () => session.release(),
  };
}

async function openSession(path: string, { threads, ep }: GraphOptions): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(path, {
      executionProviders: ep === 'cpu' ? ['cpu'] : [ep, 'cpu'],
      intraOpNumThreads: threads,
      // Every run is one position longer than the last: a remembered pattern never fits again.
      enableMemPattern: false,
      // Threads that wait must not spin: they would take the time of the language model that writes the answer.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      logSeverityLevel: 3,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    return fail(
      'model-damaged',
      'model',
      ep === 'cpu'
        ? FAILURES.higgs.fileNotOpened(path, reason.slice(0, 300))
        : FAILURES.higgs.fileNotOpenedOn(path, ep, reason.slice(0, 300)),
      { cause },
    );
  }
}
