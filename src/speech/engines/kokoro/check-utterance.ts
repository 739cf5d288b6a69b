/** The utterance by which this program tries out what it runs: its tokens, and how it must sound. Made by `build/kokoro/check-utterance.ts`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { STYLE_WIDTH } from '../../../common/style-table.ts';
import type { KokoroUtterance } from './decoder.ts';

/** Name of the file in this engine's data folder. */
export const CHECK_UTTERANCE_FILE = 'check-utterance.json';

/** Samples from one stored log-mel frame to the next. */
export const CHECK_HOP = 1024;

export interface CheckUtterance {
  readonly utterance: KokoroUtterance;
  /** Samples of its whole sound. */
  readonly samples: number;
  /** Log-mel levels of the float generator's sound, every {@link CHECK_HOP} samples; see `logMel`. */
  readonly levels: readonly number[];
}

/** The file's content. */
export const checkUtteranceSchema = z.object({
  text: z.string(),
  tokens: z.array(z.int().positive()).nonempty(),
  style: z.array(z.number()).length(STYLE_WIDTH),
  styleSha256: z.string(),
  samples: z.int().positive(),
  levels: z.array(z.number()).nonempty(),
});

/** Reads the utterance from the program's data folder. Throws `AppFailure` with `file-unreadable`. */
export async function loadCheckUtterance(dataFolder: string): Promise<CheckUtterance> {
  const path = join(dataFolder, 'kokoro-82m', CHECK_UTTERANCE_FILE);
  try {
    const content = checkUtteranceSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const { tokens, styleSha256, samples, levels } = content;
    const style = Float32Array.from(content.style);
    return { utterance: { tokens, style, styleSha256, speed: 1 }, samples, levels };
  } catch (cause) {
    return fail('file-unreadable', 'model', FAILURES.program.tableUnreadable(path), { cause });
  }
}
