/**
 * The figures of the newest prompts (`figures.json`), so that their spread outlives a restart. Nothing is read before it is
 * asked for. The file is written after a turn has ended; where that fails the figures are kept until the program ends.
 */
import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { KEPT_TURNS, keptFiguresSchema, type KeptFigures } from '../common/figures.ts';
import type { FiguresReading } from '../common/ports/bridge.ts';
import { appError, type AppError } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { writeFileAtomically } from '../library/atomic-file.ts';

const fileSchema = z.object({ version: z.literal(1), turns: z.array(keptFiguresSchema).max(KEPT_TURNS) });

export class TurnLog {
  private readonly path: string;
  private turns: Promise<readonly KeptFigures[]> | undefined;
  private problem: AppError | undefined;
  private written: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  /** Takes a turn's figures; the oldest are dropped. Resolves when the file is written, or could not be. */
  add(figures: KeptFigures): Promise<void> {
    const next = this.read().then((turns) => [...turns, figures].slice(-KEPT_TURNS));
    this.turns = next;
    this.written = Promise.all([next, this.written]).then(([turns]) => this.write(turns));
    return this.written;
  }

  async list(): Promise<FiguresReading> {
    return { turns: await this.read(), problem: this.problem };
  }

  private read(): Promise<readonly KeptFigures[]> {
    this.turns ??= readTurns(this.path);
    return this.turns;
  }

  private async write(turns: readonly KeptFigures[]): Promise<void> {
    try {
      await writeFileAtomically(this.path, `${JSON.stringify({ version: 1, turns })}\n`);
      this.problem = undefined;
    } catch {
      this.problem = appError('file-unwritable', 'settings', FAILURES.figures.notKept);
    }
  }
}

/** A damaged file is set aside, as all files of the person are, and an empty log begun. */
async function readTurns(path: string): Promise<readonly KeptFigures[]> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const parsed = fileSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data.turns;
  await rename(path, `${path}.damaged-${Date.now()}`).catch(() => undefined);
  return [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
