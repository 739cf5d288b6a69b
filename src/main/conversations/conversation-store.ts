/** The kept conversations: what main reads and writes in the database. All calls are short and synchronous. */
import { z } from 'zod';
import {
  firstTitle,
  storedErrorSchema,
  type ConversationEntry,
  type Exchange,
  type StoredConversation,
  type StoredTurn,
} from '../../common/conversation.ts';
import type { AssistantReport } from '../../common/ports/assistant-control.ts';
import { providerIdSchema } from '../../common/provider.ts';
import { fail } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import type { KeptDatabase } from './kept-database.ts';

/** A turn at the moment of Send. */
export interface NewTurn {
  readonly id: string;
  readonly conversationId: string;
  readonly prompt: string;
  readonly provider: string;
  readonly voice: string;
  /** A turn of the conversation that this one takes the place of, with all that came after it; '' for none. */
  readonly replaces: string;
}

export type TurnRecord = Extract<AssistantReport, { type: 'turn.record' }>;

/** Conversations that the list shows at most. */
const LIST_LIMIT = 1_000;

const entrySchema = z.object({ id: z.string(), title: z.string(), updatedAt: z.number() });

const exchangeSchema = z.object({
  turnId: z.string(),
  prompt: z.string(),
  answer: z.string(),
  heardEnd: z.number(),
});

const turnSchema = z.object({
  id: z.string(),
  prompt: z.string(),
  answer: z.string(),
  heardEnd: z.number(),
  outcome: z.enum(['complete', 'stopped', 'incomplete', 'failed']).nullable(),
  error: z.string().nullable(),
  provider: providerIdSchema,
  model: z.string(),
  voice: z.string(),
  sentAt: z.number(),
});

const TURN_COLUMNS = `id, prompt, answer, heard_end AS heardEnd, outcome, error, provider, model, voice,
  sent_at AS sentAt`;

export class ConversationStore {
  private readonly database: KeptDatabase;
  private readonly now: () => number;

  /** Conversations that were deleted before this start are gone for good now. */
  constructor(database: KeptDatabase, now: () => number = Date.now) {
    this.database = database;
    this.now = now;
    database.write((rows) => rows.run('DELETE FROM conversations WHERE deleted_at IS NOT NULL'));
  }

  /** The newest first; with a query only those whose title, prompts or answers hold it, upper and lower case alike. */
  list(query: string): ConversationEntry[] {
    const words = query.trim();
    const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
    const rows = this.database.rows.all(
      `SELECT id, title, updated_at AS updatedAt FROM conversations
       WHERE deleted_at IS NULL AND (:all OR title LIKE :pattern ESCAPE '\\' OR EXISTS (
         SELECT 1 FROM turns WHERE conversation_id = conversations.id AND NOT replaced
         AND (prompt LIKE :pattern ESCAPE '\\' OR answer LIKE :pattern ESCAPE '\\')))
       ORDER BY updated_at DESC, id LIMIT ${LIST_LIMIT}`,
      { ':all': words === '', ':pattern': pattern },
    );
    return z.array(entrySchema).parse(rows);
  }

  /** A conversation with its turns. Fails with `request-invalid` when it is not there. */
  open(id: string): StoredConversation {
    const entry = this.database.rows.get(
      'SELECT id, title, updated_at AS updatedAt FROM conversations WHERE id = ? AND deleted_at IS NULL',
      [id],
    );
    if (entry === null) fail('request-invalid', 'settings', FAILURES.conversations.conversationGone);
    const turns = this.database.rows.all(
      `SELECT ${TURN_COLUMNS} FROM turns WHERE conversation_id = ? AND NOT replaced ORDER BY position`,
      [id],
    );
    return { ...entrySchema.parse(entry), turns: z.array(turnSchema).parse(turns).map(toTurn) };
  }

  /** One turn. Fails with `request-invalid` when it is not there. */
  turn(id: string): StoredTurn {
    const row = this.database.rows.get(`SELECT ${TURN_COLUMNS} FROM turns WHERE id = ?`, [id]);
    if (row === null) fail('request-invalid', 'settings', FAILURES.conversations.answerGone);
    return toTurn(turnSchema.parse(row));
  }

  /** Keeps a new turn, and begins its conversation when it is the first. */
  begin(turn: NewTurn): void {
    const now = this.now();
    this.database.write((rows) => {
      rows.run(
        `INSERT INTO conversations (id, title, updated_at) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, deleted_at = NULL`,
        [turn.conversationId, firstTitle(turn.prompt), now],
      );
      rows.run(
        `UPDATE turns SET replaced = 1 WHERE conversation_id = :conversation AND position >=
         (SELECT position FROM turns WHERE id = :turn AND conversation_id = :conversation)`,
        { ':conversation': turn.conversationId, ':turn': turn.replaces },
      );
      rows.run(
        `INSERT INTO turns (id, conversation_id, position, prompt, provider, voice, sent_at)
         SELECT ?, ?, coalesce(max(position), 0) + 1, ?, ?, ?, ? FROM turns WHERE conversation_id = ?`,
        [turn.id, turn.conversationId, turn.prompt, turn.provider, turn.voice, now, turn.conversationId],
      );
    });
  }

  /** Keeps what stands of an answer. A turn that is not there is ignored: its conversation was removed meanwhile. */
  record(record: TurnRecord): void {
    this.database.write(
      (rows) =>
        rows.run(
          'UPDATE turns SET answer = ?, heard_end = ?, outcome = ?, error = ?, model = ? WHERE id = ?',
          [
            record.answer,
            record.heardEnd,
            record.outcome ?? null,
            record.error === undefined ? null : JSON.stringify(record.error),
            record.model,
            record.turnId,
          ],
        ),
      `answer of ${record.turnId}`,
    );
  }

  /**
   * What a new prompt of the conversation follows on: each prompt with the part of its answer that was heard. What was only
   * read aloud was not said to a language model and is left out.
   */
  exchanges(conversationId: string): Exchange[] {
    const rows = this.database.rows.all(
      `SELECT id AS turnId, prompt, answer, heard_end AS heardEnd FROM turns
       WHERE conversation_id = ? AND NOT replaced AND provider <> 'read-aloud' ORDER BY position`,
      [conversationId],
    );
    // Cut here: SQLite counts characters otherwise than the offsets do.
    return z
      .array(exchangeSchema)
      .parse(rows)
      .map(({ heardEnd, answer, ...rest }) => ({ ...rest, answer: answer.slice(0, heardEnd) }));
  }

  rename(id: string, title: string): void {
    this.database.write((rows) => rows.run('UPDATE conversations SET title = ? WHERE id = ?', [title, id]));
  }

  /** Deletes a conversation; until the next start {@link ConversationStore.restore} brings it back. */
  delete(id: string): void {
    const now = this.now();
    this.database.write((rows) =>
      rows.run('UPDATE conversations SET deleted_at = ? WHERE id = ?', [now, id]),
    );
  }

  restore(id: string): void {
    this.database.write((rows) => rows.run('UPDATE conversations SET deleted_at = NULL WHERE id = ?', [id]));
  }

  close(): void {
    this.database.close();
  }
}

function toTurn(row: z.infer<typeof turnSchema>): StoredTurn {
  return { ...row, outcome: row.outcome ?? undefined, error: readError(row.error) };
}

function readError(text: string | null): StoredTurn['error'] {
  if (text === null) return undefined;
  const parsed = storedErrorSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}
