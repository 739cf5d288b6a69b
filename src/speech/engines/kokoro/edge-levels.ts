/**
 * Tells from what the front gives how loud each frame of an utterance will be, so that the silence at its edges need not be decoded.
 * A linear map of a frame's two steps of `x`, learnt by `build/kokoro/edges.py` at the edges of utterances; its README describes
 * the file. It holds for edges only: within speech nobody asks.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { X_CHANNELS, X_STEPS_PER_FRAME } from './prepare/generator-layout.ts';
import type { FrontTensor } from './statistics-predictor.ts';

/** Name of the table in this engine's data folder. */
export const EDGE_LEVELS_FILE = 'edge-levels.json';

export interface EdgeLevels {
  /** Expected level of frame `frame`'s loudest 5 ms, dB of full scale; about −85 where there is nothing. */
  levelOf(x: FrontTensor, frame: number): number;
}

const tableSchema = z.object({
  /** One for each channel of the frame's first step, then of its second. */
  weights: z.array(z.number()).length(X_STEPS_PER_FRAME * X_CHANNELS),
  bias: z.number(),
});

/** Reads the table from the program's data folder. Throws `AppFailure` with `file-unreadable` when it is not whole. */
export async function loadEdgeLevels(dataFolder: string): Promise<EdgeLevels> {
  const path = join(dataFolder, 'kokoro-82m', EDGE_LEVELS_FILE);
  try {
    const { weights, bias } = tableSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return edgeLevels(Float64Array.from(weights), bias);
  } catch (cause) {
    return fail('file-unreadable', 'model', FAILURES.program.tableUnreadable(path), { cause });
  }
}

function edgeLevels(weights: Float64Array, bias: number): EdgeLevels {
  return {
    levelOf({ data, steps }, frame) {
      let level = bias;
      for (let channel = 0; channel < X_CHANNELS; channel++)
        for (let step = 0; step < X_STEPS_PER_FRAME; step++)
          level +=
            (data[channel * steps + frame * X_STEPS_PER_FRAME + step] ?? 0) *
            (weights[step * X_CHANNELS + channel] ?? 0);
      return level;
    },
  };
}
