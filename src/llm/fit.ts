/**
 * Chooses the part of a conversation that a small context takes: pure, and the same history gives the same choice.
 *
 * The system prompt and the newest message are always kept. Older turns are kept while they fit; when they no longer do,
 * the oldest go until only half the room is used, so that the model's cache of what it has read (which holds only as long
 * as the beginning stays the same) is lost seldom and not at every turn from then on. A usual prompt makes nothing go: what the
 * model has read before the prompt was there still holds when it comes.
 */
import type { ChatMessage } from '../common/provider.ts';
import { fail } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';

/** How much room there is, in tokens. */
export interface FitLimits {
  /** System prompt and newest message together; more is `prompt-too-long`. */
  readonly promptTokens: number;
  /** System prompt, newest message and older turns together. */
  readonly historyTokens: number;
  /** So much of the newest message is not counted in that. */
  readonly newestTokens: number;
}

/** Counts the tokens of one message, the chat format's own included. */
export type CountTokens = (message: ChatMessage) => number;

/**
 * The messages to send, in order: a leading system message, then whole turns (a user message and what follows it), the
 * newest last. Throws `prompt-too-long`.
 */
export function fitConversation(
  messages: readonly ChatMessage[],
  count: CountTokens,
  limits: FitLimits,
): readonly ChatMessage[] {
  const system = messages.filter((message) => message.role === 'system');
  const turns = splitTurns(messages.filter((message) => message.role !== 'system'));
  const fixed = sum(system, count);
  const sizes = turns.map((turn) => sum(turn, count));
  const needed = fixed + (sizes.at(-1) ?? 0);
  if (needed > limits.promptTokens) {
    fail('prompt-too-long', 'llm', FAILURES.builtIn.tooLong(needed, limits.promptTokens));
  }
  return [
    ...system,
    ...turns.slice(firstKept(sizes, limits.historyTokens - fixed, limits.newestTokens)).flat(),
  ];
}

/**
 * Index of the first turn kept, found by replaying the conversation from its start. Of the last turn, the new prompt, `free`
 * tokens are not counted.
 */
function firstKept(sizes: readonly number[], room: number, free: number): number {
  let first = 0;
  let used = 0;
  for (const [index, size] of sizes.entries()) {
    used += index === sizes.length - 1 ? Math.max(0, size - free) : size;
    if (used <= room) continue;
    while (first < index && used > room / 2) used -= sizes[first++] ?? 0;
  }
  return first;
}

function splitTurns(messages: readonly ChatMessage[]): ChatMessage[][] {
  const turns: ChatMessage[][] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === 'user' || last === undefined) turns.push([message]);
    else last.push(message);
  }
  return turns;
}

function sum(messages: readonly ChatMessage[], count: CountTokens): number {
  return messages.reduce((total, message) => total + count(message), 0);
}
