/** Writes the spelling network's file that `src/speech/g2p/spelling-network.ts` reads. */
import { type NetworkHead } from '../../src/speech/g2p/spelling-network.ts';
import { type NpyArray } from './npz.ts';

interface BartConfig {
  readonly grapheme_chars: string;
  readonly phoneme_chars: string;
  readonly d_model: number;
  readonly max_position_embeddings: number;
  readonly layer_norm_eps: number;
  readonly position_offset: number;
}

/** Head and half-precision weights of the network in an .npz with a `meta_json` array. */
export function writeNetwork(arrays: ReadonlyMap<string, NpyArray>, config: BartConfig): Buffer {
  const tensors = [...arrays].filter(([name]) => name !== 'meta_json');
  const head: NetworkHead = {
    graphemes: config.grapheme_chars,
    phonemes: config.phoneme_chars,
    width: config.d_model,
    positions: config.max_position_embeddings,
    positionOffset: config.position_offset,
    epsilon: config.layer_norm_eps,
    tensors: tensors.map(([name, { shape }]) => ({ name, shape: [...shape] })),
  };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([length, json, ...tensors.map(([, { floats }]) => toHalves(floats))]);
}

function toHalves(floats: Float32Array): Buffer {
  const bytes = Buffer.alloc(2 * floats.length);
  floats.forEach((value, i) => bytes.writeUInt16LE(toHalf(value), 2 * i));
  return bytes;
}

/** Nearest half-precision value; weights are far below its limit of 65,504. */
function toHalf(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65_520) throw new Error(`Weight out of range: ${value}`);
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  const exponent = Math.min(15, Math.floor(Math.log2(size)));
  // A fraction that rounds up to 1024 carries into the exponent by itself.
  return sign | (((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024));
}
