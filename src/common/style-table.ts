/**
 * Kokoro's style tables (`<voice>.bin`): raw little-endian float32, one row of 256 numbers for each utterance length of
 * 1 to 510 tokens. The voice library checks them to list a voice, the engine to speak with it: one check for both.
 */
import { err, ok, type Result } from './result.ts';
import { PHRASES } from './strings/phrases.ts';

/** Rows of a table: one for each number of tokens, 1 to 510. */
export const STYLE_ROWS = 510;

/** Numbers in a row. */
export const STYLE_WIDTH = 256;

/** Size of a style table's file. */
export const STYLE_TABLE_BYTES = STYLE_ROWS * STYLE_WIDTH * 4;

/**
 * The largest value a style may hold. The nine shipped tables stay within ±3.1; bytes of text or of another file, read
 * as floats, do not stay within ±50.
 */
const LARGEST_STYLE_VALUE = 50;

/** The least root mean square of a style table. The shipped ones have 0.15 to 0.21; zeros and blanks have none. */
const LEAST_STYLE_RMS = 0.001;

/** Reads a style table, or says in one sentence without a subject why the bytes are none ("holds …"). */
export function parseStyleTable(bytes: Uint8Array): Result<Float32Array, string> {
  if (bytes.byteLength !== STYLE_TABLE_BYTES)
    return err(
      PHRASES.voiceTable.wrongSize(
        bytes.byteLength.toLocaleString('en'),
        STYLE_TABLE_BYTES.toLocaleString('en'),
      ),
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = new Float32Array(STYLE_ROWS * STYLE_WIDTH);
  let squares = 0;
  for (let i = 0; i < table.length; i++) {
    const value = view.getFloat32(i * 4, true);
    if (!Number.isFinite(value)) return err(PHRASES.voiceTable.notNumbers);
    if (Math.abs(value) > LARGEST_STYLE_VALUE) return err(PHRASES.voiceTable.strangeValues);
    table[i] = value;
    squares += value * value;
  }
  if (Math.sqrt(squares / table.length) < LEAST_STYLE_RMS) return err(PHRASES.voiceTable.onlyZeros);
  return ok(table);
}
