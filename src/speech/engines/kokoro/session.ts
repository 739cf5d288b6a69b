/** Opens Kokoro's graphs in ONNX Runtime, all with the same options, and says what is wrong with a file in one sentence. */
import { readFile, stat } from 'node:fs/promises';
import { InferenceSession } from 'onnxruntime-node';
import type { EpName } from '../../../common/engine.ts';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { readModel } from '../../onnx/read-model.ts';
import { modelBytes } from '../../onnx/write-model.ts';
import { forProviders } from './provider-graph.ts';

/** Throws `AppFailure` with `model-missing` when there is no such file. */
export async function requireModelFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) fail('model-missing', 'model', FAILURES.kokoro.notInstalled(path));
}

/** Opens a graph on the processor. Throws `AppFailure`: `model-missing`, or `model-damaged` when the runtime cannot read it. */
export async function openSession(path: string, threads: number): Promise<InferenceSession> {
  await requireModelFile(path);
  try {
    return await InferenceSession.create(path, sessionOptions(threads));
  } catch (cause) {
    return fail('model-damaged', 'model', FAILURES.kokoro.fileDamaged(path), { cause });
  }
}

/**
 * Opens the float generator at `path` on another provider, as {@link forProviders} has it. What the provider lacks the
 * runtime runs on the processor. Throws `AppFailure` with `ep-unusable` when the runtime does not take it there.
 */
export async function openGeneratorOn(
  ep: Exclude<EpName, 'cpu'>,
  path: string,
  threads: number,
): Promise<InferenceSession> {
  await requireModelFile(path);
  const graph = modelBytes(forProviders(readModel(await readFile(path))));
  try {
    return await InferenceSession.create(graph, {
      ...sessionOptions(threads),
      executionProviders: [ep, 'cpu'],
    });
  } catch (cause) {
    return fail('ep-unusable', 'model', FAILURES.kokoro.notOpenedOn(ep), { cause });
  }
}

/**
 * How long a thread of a run stays awake for its share of the next operation, µs: putting it to sleep and waking it takes longer than
 * most operations do. As long as the runtime would have it costs half as much CPU time again, which is then missed by whatever else
 * works (measured: docs/performance.md, "Threads").
 */
const LONGEST_SPIN_US = 20;

function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return {
    intraOpNumThreads: threads,
    // The pattern of one utterance's length is no use to the next: planning it costs memory and time.
    enableMemPattern: false,
    // When a run is over its threads sleep at once.
    extra: {
      session: {
        intra_op: { allow_spinning: '1', spin_duration_us: String(LONGEST_SPIN_US) },
        force_spinning_stop: '1',
      },
    },
    // Only errors: they come back as exceptions too, warnings would go to stderr.
    logSeverityLevel: 3,
  };
}
