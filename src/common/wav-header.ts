/** The header of a WAV file of PCM 16-bit mono: RIFF, `fmt ` and the beginning of `data`. */

/** Its size. */
export const WAV_HEADER_BYTES = 44;

/** The header of a file with `dataBytes` of samples. */
export function wavHeader(dataBytes: number, sampleRate: number): Uint8Array {
  const header = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(header.buffer);
  const word = (text: string, at: number): void => header.set(new TextEncoder().encode(text), at);
  word('RIFF', 0);
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  word('WAVEfmt ', 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word('data', 36);
  view.setUint32(40, dataBytes, true);
  return header;
}
