/** Kokoro's style tables as the engine holds them: read once, checked, and read again when the file has changed. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { fail } from '../../../common/result.ts';
import { PHRASES } from '../../../common/strings/phrases.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { parseStyleTable, STYLE_ROWS, STYLE_TABLE_BYTES, STYLE_WIDTH } from '../../../common/style-table.ts';
import type { VoiceSource } from '../../../common/voice.ts';

/** How many tables are held (half a megabyte each). */
const HELD_TABLES = 8;

/** A voice's style table. */
export interface StyleTable {
  readonly numbers: Float32Array;
  /** SHA-256 of its file, by which a voice is known whatever its name. */
  readonly sha256: string;
}

interface HeldTable {
  readonly modifiedMs: number;
  readonly table: StyleTable;
}

/** A voice that has a style table. */
export type StyleVoice = Extract<VoiceSource, { kind: 'style' }>;

/** Style tables by path. */
export class StyleStore {
  private readonly held = new Map<string, HeldTable>();

  /**
   * The table to speak with. Like {@link table}, but a file that is deleted or damaged while its voice speaks takes nothing
   * from the answer: the held table is used to its end. The next turn is told by the voice library.
   */
  async tableInUse(voice: StyleVoice): Promise<StyleTable> {
    try {
      return await this.table(voice);
    } catch (thrown) {
      const kept = this.held.get(voice.path);
      if (kept === undefined) throw thrown;
      return kept.table;
    }
  }

  /** The voice's table as its file holds it now. Throws `AppFailure`: `voice-missing` or `voice-damaged`. */
  async table(voice: StyleVoice): Promise<StyleTable> {
    const facts = await stat(voice.path).catch(() => undefined);
    const kept = this.held.get(voice.path);
    if (facts === undefined)
      return fail('voice-missing', 'voice', FAILURES.voices.fileGone(voice.id, voice.path));
    if (kept?.modifiedMs === facts.mtimeMs) return kept.table;

    const table = await readTable(voice, facts.size);
    this.held.delete(voice.path);
    this.held.set(voice.path, { modifiedMs: facts.mtimeMs, table });
    const oldest = this.held.keys().next();
    if (this.held.size > HELD_TABLES && oldest.done !== true) this.held.delete(oldest.value);
    return table;
  }
}

/**
 * The row of a style table for an utterance of `tokens` tokens, pads not counted: the first row is for one token, as in
 * Kokoro's own pipeline (`pack[len(ps) - 1]` of hexgrad/kokoro).
 */
export function styleRow({ numbers }: StyleTable, tokens: number): Float32Array {
  const row = Math.max(0, Math.min(tokens, STYLE_ROWS) - 1);
  return numbers.slice(row * STYLE_WIDTH, (row + 1) * STYLE_WIDTH);
}

async function readTable(voice: StyleVoice, size: number): Promise<StyleTable> {
  const damaged = (reason: string): never =>
    fail('voice-damaged', 'voice', FAILURES.voices.noVoice(voice.id, reason));
  if (size !== STYLE_TABLE_BYTES)
    return damaged(
      PHRASES.voiceTable.wrongSize(size.toLocaleString('en'), STYLE_TABLE_BYTES.toLocaleString('en')),
    );
  const bytes = await readFile(voice.path).catch(() => undefined);
  if (bytes === undefined) return damaged(PHRASES.voiceTable.unreadable);
  const table = parseStyleTable(bytes);
  if (!table.ok) return damaged(table.error);
  return { numbers: table.value, sha256: createHash('sha256').update(bytes).digest('hex') };
}
