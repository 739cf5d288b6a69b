/**
 * A small neural network that guesses the pronunciation of a word from its letters.
 *
 * A BART encoder and decoder of one layer each, width 128, one attention head, 751,551 parameters
 * (PeterReid/graphemes_to_phonemes_en_us, Apache-2.0), run here in plain TypeScript: greedy decoding, keys and values
 * of earlier steps kept. About 5 to 10 ms a word, so the caller keeps the answers.
 *
 * Layers normalise after the residual sum; gelu is the exact one; position embeddings start at row 2 (BART).
 */
import { z } from 'zod';

import { fail } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { attend, embed, gelu, linear, normalize, type Matrix, type Norm } from './network-math.ts';

/** Tells a pronunciation from a spelling. */
export interface SpellingNetwork {
  /** US phonemes of a word; letters that the network has never seen are passed as unknown. May be empty. */
  pronounce(word: string): string;
}

const headSchema = z.object({
  graphemes: z.string(),
  phonemes: z.string(),
  width: z.number().int().positive(),
  positions: z.number().int().positive(),
  positionOffset: z.number().int().nonnegative(),
  epsilon: z.number().positive(),
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.number().int().positive()) })),
});

/** What the file's head holds, before the weights. */
export type NetworkHead = z.infer<typeof headSchema>;

const BEGIN = 1;
const END = 2;
const UNKNOWN = 3;
/** Tokens up to this one are marks, not letters or sounds. */
const LAST_MARK = 3;

interface Attention {
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
  readonly out: Matrix;
  readonly norm: Norm;
}

interface Stack {
  readonly positions: Float32Array;
  readonly embeddingNorm: Norm;
  readonly self: Attention;
  readonly widen: Matrix;
  readonly narrow: Matrix;
  readonly finalNorm: Norm;
}

/**
 * Opens the network's file: u32 length of a JSON head, the head, then every tensor's values as half-precision floats in
 * the head's order. The weights are unpacked when the first word is asked for, which most texts never do. Throws
 * `model-damaged`.
 */
export function openSpellingNetwork(bytes: Buffer): SpellingNetwork {
  const file = readFile(bytes);
  let network: SpellingNetwork | undefined;
  return {
    pronounce: (word) => {
      network ??= createNetwork(file.head, readWeights(file));
      return network.pronounce(word);
    },
  };
}

function readWeights({ head, bytes, places }: NetworkFile): Weights {
  const weights = (name: string): Float32Array => {
    const place = places.get(name);
    return place === undefined ? damaged() : readHalves(bytes, place.at, place.length);
  };
  const matrix = (name: string): Matrix => ({
    weight: weights(`${name}.weight`),
    bias: weights(`${name}.bias`),
  });
  const norm = (name: string): Norm => ({ ...matrix(name), epsilon: head.epsilon });
  const attention = (layer: string, kind: string): Attention => ({
    query: matrix(`${layer}.${kind}.q_proj`),
    key: matrix(`${layer}.${kind}.k_proj`),
    value: matrix(`${layer}.${kind}.v_proj`),
    out: matrix(`${layer}.${kind}.out_proj`),
    norm: norm(`${layer}.${kind}_layer_norm`),
  });
  const stack = (side: string): Stack => ({
    positions: weights(`model.${side}.embed_positions.weight`),
    embeddingNorm: norm(`model.${side}.layernorm_embedding`),
    self: attention(`model.${side}.layers.0`, 'self_attn'),
    widen: matrix(`model.${side}.layers.0.fc1`),
    narrow: matrix(`model.${side}.layers.0.fc2`),
    finalNorm: norm(`model.${side}.layers.0.final_layer_norm`),
  });
  return {
    embedding: weights('model.shared.weight'),
    outputBias: weights('final_logits_bias'),
    encoder: stack('encoder'),
    decoder: stack('decoder'),
    cross: attention('model.decoder.layers.0', 'encoder_attn'),
  };
}

interface Weights {
  readonly embedding: Float32Array;
  readonly outputBias: Float32Array;
  readonly encoder: Stack;
  readonly decoder: Stack;
  readonly cross: Attention;
}

function createNetwork(head: NetworkHead, weights: Weights): SpellingNetwork {
  const { width } = head;
  const letters = new Map(Array.from(head.graphemes).map((letter, i) => [letter, i]));
  const sounds = Array.from(head.phonemes);

  const encode = (tokens: readonly number[]): Float32Array[] => {
    const { positions, embeddingNorm, self } = weights.encoder;
    const rows = tokens.map((token, i) =>
      normalize(embed(weights.embedding, token, positions, i + head.positionOffset, width), embeddingNorm),
    );
    const keys = rows.map((row) => linear(row, self.key));
    const values = rows.map((row) => linear(row, self.value));
    return rows.map((row) => feedForward(attendAndAdd(row, self, keys, values), weights.encoder));
  };

  const step = (token: number, position: number, memory: Memory): Float32Array => {
    const { positions, embeddingNorm, self } = weights.decoder;
    const place = position + head.positionOffset;
    const row = normalize(embed(weights.embedding, token, positions, place, width), embeddingNorm);
    memory.keys.push(linear(row, self.key));
    memory.values.push(linear(row, self.value));
    const seen = attendAndAdd(row, self, memory.keys, memory.values);
    const read = attendAndAdd(seen, weights.cross, memory.wordKeys, memory.wordValues);
    return feedForward(read, weights.decoder);
  };

  const pronounce = (word: string): string => {
    const tokens = Array.from(word)
      .slice(0, head.positions - 2)
      .map((letter) => letters.get(letter) ?? UNKNOWN);
    const encoded = encode([BEGIN, ...tokens, END]);
    const memory: Memory = {
      keys: [],
      values: [],
      wordKeys: encoded.map((row) => linear(row, weights.cross.key)),
      wordValues: encoded.map((row) => linear(row, weights.cross.value)),
    };
    let phonemes = '';
    let token = BEGIN;
    for (let position = 0; position < head.positions - 1; position += 1) {
      token = likeliest(step(token, position, memory), weights);
      if (token === END) break;
      if (token > LAST_MARK) phonemes += sounds[token] ?? '';
    }
    return phonemes;
  };
  return { pronounce };
}

/** What the decoder keeps while it writes one word. */
interface Memory {
  readonly keys: Float32Array[];
  readonly values: Float32Array[];
  readonly wordKeys: readonly Float32Array[];
  readonly wordValues: readonly Float32Array[];
}

function attendAndAdd(
  row: Float32Array,
  attention: Attention,
  keys: readonly Float32Array[],
  values: readonly Float32Array[],
): Float32Array {
  const found = attend(linear(row, attention.query), keys, values);
  return normalize(sum(row, linear(found, attention.out)), attention.norm);
}

function feedForward(row: Float32Array, stack: Stack): Float32Array {
  return normalize(sum(row, linear(gelu(linear(row, stack.widen)), stack.narrow)), stack.finalNorm);
}

function sum(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value + (b[i] ?? 0));
}

function likeliest(row: Float32Array, { embedding, outputBias }: Weights): number {
  const scores = linear(row, { weight: embedding, bias: outputBias });
  let best = 0;
  for (let i = 1; i < scores.length; i += 1) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
  return best;
}

interface NetworkFile {
  readonly head: NetworkHead;
  readonly bytes: Buffer;
  /** Where each tensor's values begin, and how many they are. */
  readonly places: ReadonlyMap<string, { readonly at: number; readonly length: number }>;
}

function readFile(bytes: Buffer): NetworkFile {
  const headLength = bytes.length >= 4 ? bytes.readUInt32LE(0) : 0;
  if (headLength === 0 || bytes.length < 4 + headLength) return damaged();
  const head = parseHead(bytes.toString('utf8', 4, 4 + headLength));
  const places = new Map<string, { at: number; length: number }>();
  let at = 4 + headLength;
  for (const { name, shape } of head.tensors) {
    const length = shape.reduce((product, size) => product * size, 1);
    places.set(name, { at, length });
    at += 2 * length;
  }
  return at === bytes.length ? { head, bytes, places } : damaged();
}

function parseHead(json: string): NetworkHead {
  try {
    return headSchema.parse(JSON.parse(json));
  } catch {
    return damaged();
  }
}

/** Half-precision values (IEEE 754); infinities and NaN do not occur in weights. */
function readHalves(bytes: Buffer, at: number, length: number): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0, from = at; i < length; i += 1, from += 2) {
    const half = (bytes[from] ?? 0) | ((bytes[from + 1] ?? 0) << 8);
    const exponent = (half >> 10) & 0x1f;
    const fraction = (half & 0x3ff) + (exponent === 0 ? 0 : 1024);
    const size = fraction * (UNIT_OF_EXPONENT[exponent] ?? 0);
    values[i] = half & 0x8000 ? -size : size;
  }
  return values;
}

/** What the last bit of the fraction is worth at each exponent. */
const UNIT_OF_EXPONENT = Float64Array.from(
  { length: 32 },
  (_, exponent) => 2 ** (Math.max(1, exponent) - 25),
);

function damaged(): never {
  fail('model-damaged', 'speech', FAILURES.g2p.networkDamaged);
}
