/** Conversations as they are kept: what main stores, the window shows, and the assistant follows on. */
import { z } from 'zod';
import type { ProviderId } from './provider.ts';
import type { AppError } from './result.ts';
import type { TurnOutcome } from './sentence.ts';

/** One prompt with what was heard of its answer, as a language model is told of it later. */
export interface Exchange {
  readonly turnId: string;
  readonly prompt: string;
  readonly answer: string;
}

/** A conversation in the list. */
export interface ConversationEntry {
  readonly id: string;
  readonly title: string;
  /** Wall clock of its newest turn, ms since 1970. */
  readonly updatedAt: number;
}

/** A turn as it was kept. */
export interface StoredTurn {
  readonly id: string;
  readonly prompt: string;
  readonly answer: string;
  /** Offset in `answer` up to which it was heard. */
  readonly heardEnd: number;
  /** `undefined`: the program ended while the turn ran. */
  readonly outcome: TurnOutcome | undefined;
  readonly error: AppError | undefined;
  readonly provider: ProviderId;
  readonly model: string;
  readonly voice: string;
  /** Wall clock at Send, ms since 1970. */
  readonly sentAt: number;
}

/** A conversation with its turns, oldest first. */
export interface StoredConversation extends ConversationEntry {
  readonly turns: readonly StoredTurn[];
}

/** An error that was written down. Codes of other versions of the program are taken as they are. */
export const storedErrorSchema = z.custom<AppError>((value) => writtenErrorSchema.safeParse(value).success);

const writtenErrorSchema = z.object({
  code: z.string(),
  stage: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  hint: z.string(),
});

/** The longest title, in characters (UTF-16 code units). */
export const MAX_TITLE_CHARACTERS = 200;

export const titleSchema = z.string().trim().min(1).max(MAX_TITLE_CHARACTERS);

/** Characters of a prompt that make a conversation's first title. */
const FIRST_TITLE_CHARACTERS = 60;

/** The title that a conversation has until a person gives it another: the beginning of its first prompt. */
export function firstTitle(prompt: string): string {
  const line = prompt
    .replace(/[*_`#>|]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= FIRST_TITLE_CHARACTERS) return line;
  const cut = line.slice(0, FIRST_TITLE_CHARACTERS);
  const lastSpace = cut.lastIndexOf(' ');
  return `${cut.slice(0, lastSpace > FIRST_TITLE_CHARACTERS / 2 ? lastSpace : FIRST_TITLE_CHARACTERS).trimEnd()}…`;
}
