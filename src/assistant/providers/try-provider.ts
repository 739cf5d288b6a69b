/** Tries a language model with a real, small request: whether it answers, and with which model and how soon. */
import type { ProviderTrial } from '../../common/provider.ts';
import { fail } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import type { Provider } from './provider.ts';

/** What a model is asked. Any text at all is a good answer. */
const QUESTION = 'Reply with one word: ready';

/**
 * Asks once and ends the request at its first text. Throws `AppFailure`: what the provider's stream throws, `provider-error`
 * for an answer without text, `cancelled` once `signal` aborts.
 */
export async function tryProvider(provider: Provider, signal: AbortSignal): Promise<ProviderTrial> {
  const begun = performance.now();
  const enough = new AbortController();
  const request = { messages: [{ role: 'user', content: QUESTION } as const] };
  try {
    for await (const event of provider.stream(request, AbortSignal.any([signal, enough.signal]))) {
      if (event.type !== 'delta' || event.text.trim() === '') continue;
      return { model: provider.model, firstTextMs: performance.now() - begun };
    }
  } finally {
    enough.abort();
  }
  if (signal.aborted) fail('cancelled', 'provider', FAILURES.server.providerLate, { retryable: true });
  return fail('provider-error', 'provider', FAILURES.server.noText(provider.model));
}
