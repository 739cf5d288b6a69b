/** Lets other work of this process through. */

/**
 * Resolves after the messages that have arrived were delivered. onnxruntime-node's `session.run` blocks the event loop
 * for a whole run, so an engine calls this between runs: a stop that came meanwhile is then known before the next.
 */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
