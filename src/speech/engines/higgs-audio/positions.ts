/**
 * A stretch of what the language model reads: text tokens and audio columns, in order. Turned into the four inputs that
 * place them; pure.
 */
import { Tensor } from 'onnxruntime-node';
import type { HiggsModel } from '../../../common/higgs-model.ts';
import type { Column } from './delay-pattern.ts';

/** One position: a text token, or a column of codes. */
export type Position = number | Column;

/**
 * The inputs for `positions` behind `past` positions of a cache. At audio positions the token is a placeholder, at text
 * positions the codes are zeros; the graph looks at neither.
 */
export function positionFeeds(
  positions: readonly Position[],
  past: number,
  { audio, prompt }: Pick<HiggsModel, 'audio' | 'prompt'>,
): Record<'input_ids' | 'audio_codes' | 'audio_mask' | 'position_ids', Tensor> {
  const count = positions.length;
  const ids = new BigInt64Array(count);
  const codes = new BigInt64Array(count * audio.codebooks);
  const mask = new Uint8Array(count);
  const places = new BigInt64Array(count);
  for (const [at, position] of positions.entries()) {
    places[at] = BigInt(past + at);
    if (typeof position === 'number') {
      ids[at] = BigInt(position);
      continue;
    }
    ids[at] = BigInt(prompt.ids.audioOut);
    mask[at] = 1;
    for (const [row, code] of position.entries()) codes[at * audio.codebooks + row] = BigInt(code);
  }
  return {
    input_ids: new Tensor('int64', ids, [1, count]),
    audio_codes: new Tensor('int64', codes, [1, count, audio.codebooks]),
    audio_mask: new Tensor('bool', mask, [1, count]),
    position_ids: new Tensor('int64', places, [1, count]),
  };
}
