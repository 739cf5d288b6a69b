/** Lets other work of this process through. */

/**
 * Resolves after the messages that have arrived were delivered. onnxruntime-node's `session.run` blocks the event loop
 * for a whole run, so an engine calls this between runs: a stop that came meanwhile is then known before the next.
 *
 * Two turns of the event loop: in Electron's utility process the first brings one of several waiting messages as often as all of
 * them (of five credits that came during a run of 500 ms one was known after it, and all after the second).
 */
export async function yieldToMessages(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
