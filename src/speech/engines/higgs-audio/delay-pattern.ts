/**
 * The delay pattern: the language model reads and writes *columns*, in which each codebook belongs to another frame. Row k
 * of column c holds row k of frame c − k ("Simple and Controllable Music Generation", arXiv 2306.05284).
 *
 * Frame 0 of an utterance is all begin marks, and the frame after its last one is all end marks. Pure; nothing here knows a
 * graph.
 */

/** Codes of one step of the language model, one for each codebook, of as many frames. */
export type Column = readonly number[];

/** Codes of one frame of sound, one for each codebook. */
export type Frame = readonly number[];

/** The two marks and the number of codebooks of a model. */
export interface CodeSet {
  readonly codebooks: number;
  readonly bos: number;
  readonly eos: number;
}

/** The column before the first frame: all begin marks. */
export function firstColumn({ codebooks, bos }: CodeSet): Column {
  return Array.from({ length: codebooks }, () => bos);
}

/** The columns of a whole clip, its marks included: `frames + 2 + codebooks − 1` of them. */
export function delayFrames(frames: readonly Frame[], codes: CodeSet): Column[] {
  const { codebooks, bos, eos } = codes;
  return Array.from({ length: frames.length + codebooks + 1 }, (_, column) =>
    Array.from({ length: codebooks }, (_, row) => {
      const frame = column - row;
      if (frame <= 0) return bos;
      return frames[frame - 1]?.[row] ?? eos;
    }),
  );
}

/** The frame that begins in column `at`, or undefined while its last row is not there yet. */
export function frameAt(columns: readonly Column[], at: number, codebooks: number): Frame | undefined {
  if (at + codebooks > columns.length) return undefined;
  return Array.from({ length: codebooks }, (_, row) => columns[at + row]?.[row] ?? 0);
}

/** All complete frames of the columns, marks included, the first being the frame of begin marks. */
export function undelayColumns(columns: readonly Column[], codebooks: number): Frame[] {
  return columns.flatMap((_, at) => {
    const frame = frameAt(columns, at, codebooks);
    return frame === undefined ? [] : [frame];
  });
}

/** What is drawn becomes a column: the rows that are not due yet, and the countdown after the first end mark. */
export interface Ruled {
  readonly column: Column;
  /** Steps until the utterance is over; undefined while no end mark was drawn. At 0 and below it is over. */
  readonly stepsLeft: number | undefined;
}

/**
 * Makes a column of what was drawn. `step` counts from 1, for the column behind the first; `stepsLeft` is that of the step
 * before.
 */
export type StreamRules = (
  drawn: readonly number[],
  step: number,
  stepsLeft: number | undefined,
  codes: CodeSet,
) => Ruled;

/**
 * The rules of Boson's own generation loop (`_sample_audio_tokens` at commit f04f5df), which are those that Aloud follows:
 * rows whose frame has not begun hold the begin mark; after the first end mark, in row f, the rows above it hold end marks
 * and one more row ends with each step.
 */
export const applyStreamRules: StreamRules = (drawn, step, stepsLeft, { codebooks, bos, eos }) => {
  const column = drawn.map((code, row) => (row >= step ? bos : code));
  if (stepsLeft !== undefined) {
    column.fill(eos, 0, Math.max(0, codebooks - stepsLeft));
    return { column, stepsLeft: stepsLeft - 1 };
  }
  const ended = column.indexOf(eos);
  if (ended < 0) return { column, stepsLeft: undefined };
  column.fill(eos, 0, ended);
  return { column, stepsLeft: codebooks - 1 - ended };
};

/**
 * Gathers an utterance's columns and gives out its frames as they become complete. A frame that holds an end mark ends the
 * sound; one that holds a begin mark (it can be drawn in mid-stream) is left out. Neither ever reaches the codec.
 */
export class FrameCollector {
  private readonly codes: CodeSet;
  private readonly columns: Column[];
  /** The frame to look at next; frame 0 is all begin marks. */
  private next = 1;
  private ended = false;

  constructor(codes: CodeSet) {
    this.codes = codes;
    this.columns = [firstColumn(codes)];
  }

  /** All columns so far, the first included. */
  get history(): readonly Column[] {
    return this.columns;
  }

  /** Adds a column and gives the frames that it completed. */
  push(column: Column): Frame[] {
    this.columns.push(column);
    const { bos, eos, codebooks } = this.codes;
    const frames: Frame[] = [];
    while (!this.ended) {
      const frame = frameAt(this.columns, this.next, codebooks);
      if (frame === undefined) break;
      this.next++;
      if (frame.includes(eos)) this.ended = true;
      else if (!frame.includes(bos)) frames.push(frame);
    }
    return frames;
  }
}
