/** Asks a server which models it has; for a server on this machine this is also how it is found to be running. */
import { z } from 'zod';
import { appError, AppFailure, fail } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { describeServer, serverClient, type ServerConfig } from './server-client.ts';
import { explainFailure } from './server-failure.ts';

/** A server on this machine answers at once or is not there. */
export const LOCAL_PROBE_MS = 800;
/** A server elsewhere gets this long. */
export const REMOTE_LIST_MS = 10_000;

/** Ollama answers null instead of an empty list. */
const modelList = z.object({ data: z.array(z.object({ id: z.string().min(1) })).nullish() });

/**
 * Names of the server's models, in its own order; may be empty. Waits {@link LOCAL_PROBE_MS} for a local server, else
 * {@link REMOTE_LIST_MS}, unless `timeoutMs` is given. Throws `AppFailure`; once `signal` aborts, `cancelled`.
 */
export async function listModels(
  config: ServerConfig,
  options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<readonly string[]> {
  const server = describeServer(config);
  const timeoutMs = options.timeoutMs ?? (server.local ? LOCAL_PROBE_MS : REMOTE_LIST_MS);
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  const client = serverClient(config, server, {
    onBytes: () => undefined,
    sawStream: false,
    sawDone: false,
  });
  try {
    const answer: unknown = await client.get('/models', { signal });
    return (modelList.parse(answer).data ?? []).map((model) => model.id);
  } catch (thrown) {
    if (options.signal?.aborted === true) {
      fail('cancelled', 'provider', FAILURES.server.listUnwanted);
    }
    if (deadline.aborted) {
      const text = FAILURES.server.silentFor(server.who, timeoutMs / 1000);
      throw new AppFailure(appError('host-unreachable', 'provider', text, { retryable: true }));
    }
    throw new AppFailure(explainFailure(thrown, server).error, { cause: thrown });
  }
}
