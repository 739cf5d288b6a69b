import { getLlama, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chatFormat } from './chat-format.ts';
import { builtInModelFile } from './testing/weights.ts';

describe('the chat format of the built-in model', () => {
  let model: LlamaModel;

  beforeAll(async () => {
    const llama = await getLlama({
      gpu: false,
      build: 'never',
      progressLogs: false,
      logLevel: LlamaLogLevel.disabled,
    });
    model = await llama.loadModel({ modelPath: builtInModelFile(), vocabOnly: true });
  });
  afterAll(() => model.dispose());

  it('begins with one start token, not two: with two it answers in French', () => {
    const { contextText } = chatFormat(model).generateContextState({
      chatHistory: [
        { type: 'system', text: 'Be brief.' },
        { type: 'user', text: 'Hi' },
        { type: 'model', response: [] },
      ],
    });
    const written = model.detokenize(contextText.tokenize(model.tokenizer), true);
    expect(written).toBe(
      '<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n',
    );
  });
});
