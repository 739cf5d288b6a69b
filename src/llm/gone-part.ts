/**
 * What a model's cache holds of a conversation whose older turns go: pure, over tokens. The turns that stay were read behind those
 * that go; with these erased from its middle the cache goes on to hold, and only what is new need be read.
 */

/** Tokens from `start` to `end` (exclusive). */
export interface TokenRange {
  readonly start: number;
  readonly end: number;
}

/** It is not worth while for fewer tokens that stay. */
export const LEAST_KEPT = 32;

/** Tokens of a conversation. */
export interface ConversationTokens {
  /** As much of it as the model takes. */
  readonly wanted: readonly number[];
  /** With all of its turns. Asked for only where it matters. */
  readonly whole: () => readonly number[];
}

/**
 * The part of `held` without which it goes on as `wanted` for longest, {@link LEAST_KEPT} tokens at least, and which stands before that
 * in the conversation: what was read behind another one would know of it. Undefined where there is none. What follows then may differ again.
 */
export function gonePart(
  held: readonly number[],
  { wanted, whole }: ConversationTokens,
): TokenRange | undefined {
  const start = commonLength({ held, from: 0 }, { wanted, from: 0 });
  if (start === held.length || start === wanted.length) return undefined;
  let found: TokenRange | undefined;
  let kept = LEAST_KEPT - 1;
  for (let end = start + 1; held.length - end > kept; end++) {
    const common = commonLength({ held, from: end }, { wanted, from: start });
    if (common <= kept) continue;
    kept = common;
    found = { start, end };
  }
  if (found === undefined) return undefined;
  const all = whole();
  // Both end alike: so much further on stands in the whole what stands at `start` in what is wanted.
  const before = all.slice(0, all.length - wanted.length + start);
  return endsWith(before, held.slice(found.start, found.end)) ? found : undefined;
}

function endsWith(tokens: readonly number[], end: readonly number[]): boolean {
  return (
    end.length <= tokens.length && end.every((token, i) => token === tokens[tokens.length - end.length + i])
  );
}

function commonLength(
  { held, from }: { readonly held: readonly number[]; readonly from: number },
  { wanted, from: at }: { readonly wanted: readonly number[]; readonly from: number },
): number {
  const most = Math.min(held.length - from, wanted.length - at);
  let length = 0;
  while (length < most && held[from + length] === wanted[at + length]) length++;
  return length;
}
