/** Language-model providers: which there are, and what the assistant needs to know to call one. */
import { z } from 'zod';
import { PHRASES } from './strings/phrases.ts';

/** The providers that a person can pick. `read-aloud` speaks the prompt itself, with no language model. */
export const PROVIDER_IDS = [
  'built-in',
  'read-aloud',
  'openrouter',
  'openai',
  'ollama',
  'lm-studio',
  'llama-cpp',
  'custom',
] as const;

export const providerIdSchema = z.enum(PROVIDER_IDS);
export type ProviderId = z.infer<typeof providerIdSchema>;

/** How a provider is reached. `key` is '' where none is needed; it never goes to the renderer or a log. */
export const providerConfigSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read-aloud'), id: z.literal('read-aloud') }),
  z.object({
    kind: z.literal('built-in'),
    id: z.literal('built-in'),
    /** Catalog id of the model, shown to the person. */
    model: z.string(),
    /** Absolute path of the GGUF file. */
    modelPath: z.string(),
  }),
  z.object({
    kind: z.literal('openai-compatible'),
    id: providerIdSchema,
    baseUrl: z.string(),
    model: z.string(),
    key: z.string(),
  }),
]);
export type ProviderConfig = z.infer<typeof providerConfigSchema>;

/** Fixed facts about each OpenAI-compatible provider. */
export interface ProviderFacts {
  readonly label: string;
  /** Base URL when the person sets none; '' for `custom`. */
  readonly baseUrl: string;
  /** Model when the person sets none; '' when the server's first model is taken. */
  readonly defaultModel: string;
  /** Environment variable that holds the key when settings have none; '' when there is none. */
  readonly keyVariable: string;
  readonly needsKey: boolean;
  /** Whether the program looks for it on this machine. */
  readonly local: boolean;
}

/** Ports are the programs' documented defaults: Ollama 11434, LM Studio 1234, llama.cpp's server 8080. */
export const OPENAI_COMPATIBLE: Readonly<
  Record<Exclude<ProviderId, 'built-in' | 'read-aloud'>, ProviderFacts>
> = {
  openrouter: {
    label: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    defaultModel: 'meta-llama/llama-3.1-8b-instruct',
    keyVariable: 'OPENROUTER_API_KEY',
    needsKey: true,
    local: false,
  },
  openai: {
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    defaultModel: 'gpt-4o-mini',
    keyVariable: 'OPENAI_API_KEY',
    needsKey: true,
    local: false,
  },
  ollama: {
    label: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    defaultModel: '',
    keyVariable: '',
    needsKey: false,
    local: true,
  },
  'lm-studio': {
    label: 'LM Studio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    defaultModel: '',
    keyVariable: '',
    needsKey: false,
    local: true,
  },
  'llama-cpp': {
    label: 'llama.cpp server',
    baseUrl: 'http://127.0.0.1:8080/v1',
    defaultModel: '',
    keyVariable: '',
    needsKey: false,
    local: true,
  },
  custom: {
    label: PHRASES.providers.custom,
    baseUrl: '',
    defaultModel: '',
    keyVariable: '',
    needsKey: false,
    local: false,
  },
};

/** What a real request to a provider showed. */
export interface ProviderTrial {
  /** The model that answered. */
  readonly model: string;
  /** From the request to the first text of the answer, ms. */
  readonly firstTextMs: number;
}

/** A message of a conversation as language models take it. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** The system prompt when the person sets none. */
export const DEFAULT_SYSTEM_PROMPT = 'You are a helpful assistant.';

/** Catalog id of the language model that the built-in provider runs. */
export const BUILT_IN_MODEL = 'smollm2-135m-instruct';
