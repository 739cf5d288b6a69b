/** What the graphs of a Higgs Audio v2 model must take and give, by its `model.json`. */
import type { HiggsModel } from '../../../common/higgs-model.ts';
import type { GraphContract, TensorContract } from '../../onnx-contract.ts';
import { cacheNames } from './kv-cache.ts';

/** Any size. */
const ANY = undefined;

function cacheTensors({ arch }: HiggsModel, prefix: string): TensorContract[] {
  return cacheNames(arch.layers).map((name) => ({
    name: `${prefix}${name}`,
    type: arch.kvDtype,
    shape: [1, arch.kvHeads, ANY, arch.headDim],
  }));
}

/** `llm.onnx`: prompts and single steps. */
export function languageModelContract(model: HiggsModel): GraphContract {
  const { codebooks, codebookSize } = model.audio;
  return {
    inputs: [
      { name: 'input_ids', type: 'int64', shape: [1, ANY] },
      { name: 'audio_codes', type: 'int64', shape: [1, ANY, codebooks] },
      { name: 'audio_mask', type: 'bool', shape: [1, ANY] },
      { name: 'position_ids', type: 'int64', shape: [1, ANY] },
      ...cacheTensors(model, 'past_key_values.'),
    ],
    outputs: [
      { name: 'audio_logits', type: 'float32', shape: [1, codebooks, codebookSize] },
      ...cacheTensors(model, 'present.'),
    ],
  };
}

/** `decode_block.onnx`: several steps in one run, drawing included. */
export function decodeBlockContract(model: HiggsModel): GraphContract {
  const { codebooks, codebookSize } = model.audio;
  return {
    inputs: [
      { name: 'max_steps', type: 'int64', shape: [] },
      { name: 'codes0', type: 'int64', shape: [1, 1, codebooks] },
      { name: 'pos0', type: 'int64', shape: [] },
      { name: 'delay0', type: 'int64', shape: [] },
      { name: 'eos0', type: 'int64', shape: [] },
      { name: 'history0', type: 'int64', shape: [codebooks, ANY] },
      { name: 'gumbel', type: 'float32', shape: [ANY, codebooks, codebookSize] },
      { name: 'gumbel_ras', type: 'float32', shape: [ANY, codebooks, codebookSize] },
      { name: 'temperature', type: 'float32', shape: [] },
      { name: 'top_k', type: 'int64', shape: [1] },
      { name: 'top_p', type: 'float32', shape: [] },
      { name: 'ras_max_repeat', type: 'int64', shape: [] },
      ...cacheTensors(model, 'in.past_key_values.'),
    ],
    outputs: [
      { name: 'frames', type: 'int64', shape: [ANY, codebooks] },
      { name: 'out_codes', type: 'int64', shape: [1, 1, codebooks] },
      { name: 'out_pos', type: 'int64', shape: [] },
      { name: 'out_delay', type: 'int64', shape: [] },
      { name: 'out_eos', type: 'int64', shape: [] },
      { name: 'out_history', type: 'int64', shape: [codebooks, ANY] },
      ...cacheTensors(model, 'out.present.'),
    ],
  };
}

/** The codec's decoder: codes in, sound out. */
export function codecDecoderContract({ audio }: HiggsModel): GraphContract {
  return {
    inputs: [{ name: 'audio_codes', type: 'int64', shape: [1, audio.codebooks, ANY] }],
    outputs: [{ name: 'audio_values', type: 'float32', shape: [1, 1, ANY] }],
  };
}

/** The codec's encoder: sound in, codes out. */
export function codecEncoderContract({ audio }: HiggsModel): GraphContract {
  return {
    inputs: [{ name: 'audio_values', type: 'float32', shape: [1, 1, ANY] }],
    outputs: [{ name: 'audio_codes', type: 'int64', shape: [1, audio.codebooks, ANY] }],
  };
}
