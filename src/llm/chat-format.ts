/** The way in which a model's conversations are written down. */
import {
  ChatMLChatWrapper,
  LlamaText,
  resolveChatWrapper,
  SpecialToken,
  type ChatWrapper,
  type ChatWrapperGenerateContextStateOptions,
  type ChatWrapperGeneratedContextState,
  type LlamaModel,
} from 'node-llama-cpp';

/**
 * The chat format for `model`, found by node-llama-cpp, with one mistake of its ChatML set right: it begins with the start
 * token even where the model's file says that none is to be added. SmolLM2's start token is `<|im_start|>`, so the
 * conversation would begin with two of them; it then often answers an English question in French.
 */
export function chatFormat(model: LlamaModel): ChatWrapper {
  const found = resolveChatWrapper(model);
  return found instanceof ChatMLChatWrapper && !model.tokens.shouldPrependBosToken
    ? new ChatMlWithoutStart()
    : found;
}

class ChatMlWithoutStart extends ChatMLChatWrapper {
  override generateContextState(
    options: ChatWrapperGenerateContextStateOptions,
  ): ChatWrapperGeneratedContextState {
    const state = super.generateContextState(options);
    const values = state.contextText.values.filter(
      (value) => !(value instanceof SpecialToken && value.value === 'BOS'),
    );
    return { ...state, contextText: LlamaText(values) };
  }
}
