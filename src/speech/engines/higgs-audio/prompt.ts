/**
 * Writes prompts in the template `higgs-v2`. Each piece is tokenised on its own and the ids are joined: tokenising the whole
 * prompt at once can merge characters across a seam.
 */
import type { HiggsModel } from '../../../common/higgs-model.ts';
import { delayFrames, type Frame } from './delay-pattern.ts';
import type { Position } from './positions.ts';
import type { TextTokenizer } from './text-tokenizer.ts';

export type PromptPart = { readonly text: string } | { readonly frames: readonly Frame[] };

/** One turn of the prompt. Sound stands in assistant turns only: a user's would need an encoder that the model has not. */
export interface PromptTurn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly parts: readonly PromptPart[];
}

export interface Prompt {
  /** Everything before the last turn: the same for all sentences of a voice. Empty when there is one turn only. */
  readonly prefix: readonly Position[];
  /** The rest, up to and including the token behind which the model's own sound begins. */
  readonly rest: readonly Position[];
}

/** Turns into positions. The text must not hold special tokens (see `spokenText`). */
export function buildPrompt(
  turns: readonly PromptTurn[],
  model: Pick<HiggsModel, 'audio' | 'prompt'>,
  tokenizer: TextTokenizer,
): Prompt {
  const { ids } = model.prompt;
  const positionsOf = (part: PromptPart): Position[] =>
    'text' in part
      ? tokenizer.encode(part.text)
      : [ids.audioOutBos, ...delayFrames(part.frames, model.audio), ids.audioEos];
  const written = turns.map(({ role, parts }, at) => {
    const next = turns[at + 1]?.role;
    const end = role === 'assistant' && next === 'assistant' ? ids.eom : ids.eot;
    return [
      ...(at === 0 ? [ids.beginOfText] : []),
      ...header(role, ids, tokenizer),
      ...parts.flatMap(positionsOf),
      end,
    ];
  });
  return {
    prefix: written.slice(0, -1).flat(),
    rest: [...(written.at(-1) ?? []), ...header('assistant', ids, tokenizer), ids.audioOutBos],
  };
}

/** Header of a turn. The role and the line breaks are one piece between special tokens, which no merge crosses. */
function header(
  role: PromptTurn['role'],
  { startHeader, endHeader }: HiggsModel['prompt']['ids'],
  tokenizer: TextTokenizer,
): number[] {
  return [startHeader, ...tokenizer.encode(role), endHeader, ...tokenizer.encode('\n\n')];
}

/** A reference to clone: its words and its codes. */
export interface Reference {
  readonly transcript: string;
  readonly frames: readonly Frame[];
}

/** The turns that say `text`, in the model's own voice or in the reference's. */
export function turnsFor(
  text: string,
  reference: Reference | undefined,
  system: string | null,
): PromptTurn[] {
  const opening: PromptTurn[] = system === null ? [] : [{ role: 'system', parts: [{ text: system }] }];
  const example: PromptTurn[] =
    reference === undefined
      ? []
      : [
          { role: 'user', parts: [{ text: reference.transcript }] },
          { role: 'assistant', parts: [{ frames: reference.frames }] },
        ];
  return [...opening, ...example, { role: 'user', parts: [{ text }] }];
}
