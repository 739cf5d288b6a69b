/** The database's schema, step by step. A step that was released is never changed; a change is a new step at the end. */

/** Each entry brings a database from version `index` to `index + 1` (`PRAGMA user_version`). */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
  ) STRICT;
  CREATE TABLE turns (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    heard_end INTEGER NOT NULL DEFAULT 0,
    outcome TEXT,
    error TEXT,
    provider TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '',
    voice TEXT NOT NULL DEFAULT '',
    sent_at INTEGER NOT NULL,
    replaced INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX turns_of_conversation ON turns(conversation_id, position);
  CREATE INDEX conversations_by_time ON conversations(updated_at);
  `,
];
