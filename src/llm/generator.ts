/**
 * The built-in language model: a GGUF file run by llama.cpp (node-llama-cpp) on the CPU.
 *
 * One generation at a time; a second call waits for the first. What the model has read of a conversation stays in its
 * cache, so that a turn reads only what is new. Failures are thrown as `AppFailure`: `model-missing`, `model-damaged`,
 * `prompt-too-long`.
 */
import { open, stat } from 'node:fs/promises';
import {
  getLlama,
  LlamaChat,
  LlamaLogLevel,
  type ChatHistoryItem,
  type Llama,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import type { ChatMessage } from '../common/provider.ts';
import { fail } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { AnswerEnd, MAX_ANSWER_TOKENS } from './answer-end.ts';
import { chatFormat } from './chat-format.ts';
import { fitConversation } from './fit.ts';
import type { Gate } from './gate.ts';
import { gonePart } from './gone-part.ts';

/** One answer to be written. */
export interface Generation {
  /** Absolute path of the GGUF file. Loaded when it is not the one loaded already, or another lies there since. */
  readonly modelPath: string;
  /** System prompt first, the person's new prompt last. */
  readonly messages: readonly ChatMessage[];
  /** Called with each piece of the answer, in order; never with ''. */
  readonly onDelta: (text: string) => void;
  readonly signal: AbortSignal;
  /** Passed before each token, and before the prompt is read; whoever aborts must let it go. */
  readonly gate?: Gate;
}

/** What is to be read before a prompt is there. */
export interface Reading extends Pick<Generation, 'modelPath' | 'signal'> {
  /** As for a generation, the last an empty prompt. */
  readonly messages: readonly ChatMessage[];
}

/** How an answer ended: by itself, at the limit of length, or by the signal. */
export type GenerationEnd = 'stop' | 'length' | 'cancelled';

/** What the service needs of a language model. */
export interface Generator {
  /** Loads the file so that the first generation need not. */
  load(modelPath: string): Promise<void>;
  generate(generation: Generation): Promise<GenerationEnd>;
  /**
   * Reads messages into the model's cache, as far as they are not there, so that a generation whose messages begin with them
   * need only read its own prompt. Ends soon after the signal; what was read until then stays.
   */
  read(reading: Reading): Promise<void>;
  /** Frees the model's memory. */
  dispose(): Promise<void>;
}

/**
 * Tokens that the context holds. 4,096 of the model's 8,192: its cache takes 23 kB a token for SmolLM2-135M (30 layers ×
 * 3 key-value heads × 64 × 2 × 2 bytes), so this is 94 MB.
 */
const CONTEXT_TOKENS = 4_096;

/** Room for a prompt: the context less the answer and the chat format's own tokens. */
const PROMPT_TOKENS = CONTEXT_TOKENS - MAX_ANSWER_TOKENS - 64;

/** Room for the conversation; a core reads about 120 to 500 tokens a second, so older turns must not cost more. */
const HISTORY_TOKENS = 1_536;

/** A prompt of so many tokens, some 150 words, makes no older turn go. */
const USUAL_PROMPT_TOKENS = 200;

/**
 * So many tokens are read ahead at a time: a prompt that comes meanwhile waits for no more, half a second on a slow core. In pieces
 * of 32 reading takes 1.4 times as long.
 */
const AHEAD_TOKENS = 64;

/**
 * Tokens that are read at once. llama.cpp's buffer for them is as large as this, and its memory is taken when a batch is first full:
 * 13.5 MB with 512, which was minutes after the start, when a conversation had become long; 3.4 MB with 128. On a CPU a prompt takes
 * as long to read with either (19.6 and 20.1 s of one slow core for 1,500 tokens, SmolLM2-135M).
 */
const BATCH_TOKENS = 128;

/** Tokens that the chat format adds to a message, rounded up: `<|im_start|>role\n … <|im_end|>\n` is 6. */
const FORMAT_TOKENS = 8;

/**
 * Top-p is that of the model card of SmolLM2-135M-Instruct; its temperature is 0.2, at which the weights of 4 bits still
 * answer one English question in ten in French (measured: 2 of 20; at 0.1: 0 of 30).
 */
const SAMPLING = {
  temperature: 0.1,
  topP: 0.9,
  repeatPenalty: { penalty: 1.1, lastTokens: 64 },
} as const;

interface Loaded {
  readonly path: string;
  /** By which the file that was loaded is told from another in its place. */
  readonly stamp: string | undefined;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly chat: LlamaChat;
  /** The generation that runs. */
  readonly writing: Writing;
}

interface Writing {
  gate: Gate | undefined;
}

/** Something that is done around the loading of llama.cpp's library. */
export type AroundLoading = <T>(load: () => Promise<T>) => Promise<T>;

/** Creates the generator; llama.cpp itself is loaded on first use, inside `around` when that is given. */
export function createGenerator(around: AroundLoading = (load) => load()): Generator {
  return new LlamaGenerator(around);
}

/**
 * Threads for the model: half the cores, at most 4. The voice is made at the same time and needs the rest; one core
 * writes some 80 tokens a second, twenty times as fast as they are spoken.
 */
export function threadCount(cores: number): number {
  return Math.max(1, Math.min(4, Math.floor(cores / 2)));
}

/**
 * Threads for reading a prompt: nothing is said before it is read, and two of two cores read it in half the time of one (AMD EPYC,
 * SmolLM2-135M: 3.2 and 6.1 ms a token). For a single token they save a quarter of 12 ms at best and take three times as long where
 * one of them is kept waiting, so writing has {@link threadCount}.
 */
export function readingThreadCount(cores: number): number {
  return Math.min(cores, 2 * threadCount(cores));
}

class LlamaGenerator implements Generator {
  private readonly around: AroundLoading;
  private llama: Llama | undefined;
  private loaded: Loaded | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(around: AroundLoading) {
    this.around = around;
  }

  async load(modelPath: string): Promise<void> {
    await this.inTurn(() => this.ensureLoaded(modelPath));
  }

  generate(generation: Generation): Promise<GenerationEnd> {
    return this.inTurn(async () => {
      if (generation.signal.aborted) return 'cancelled';
      const loaded = await this.ensureLoaded(generation.modelPath);
      loaded.writing.gate = generation.gate;
      try {
        return await answer(loaded, generation);
      } finally {
        loaded.writing.gate = undefined;
      }
    });
  }

  read({ modelPath, messages, signal }: Reading): Promise<void> {
    return this.inTurn(async () => {
      if (signal.aborted) return;
      await readAhead(await this.ensureLoaded(modelPath), messages, signal);
    });
  }

  async dispose(): Promise<void> {
    // Not llama.cpp itself: once a file failed to load, disposing of that never ends (node-llama-cpp 3.22.1).
    await this.inTurn(() => this.unload());
  }

  private inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.last.then(job);
    this.last = result.catch(() => undefined);
    return result;
  }

  private async ensureLoaded(path: string): Promise<Loaded> {
    const stamp = await stampOf(path);
    // What is loaded serves on when its file is gone; another file in its place is another model.
    if (this.loaded?.path === path && (stamp === undefined || stamp === this.loaded.stamp))
      return this.loaded;
    await checkHeader(path);
    await this.unload();
    this.llama ??= await this.around(startLlama);
    this.loaded = { ...(await loadModel(this.llama, path)), path, stamp };
    return this.loaded;
  }

  private async unload(): Promise<void> {
    const loaded = this.loaded;
    this.loaded = undefined;
    await loaded?.context.dispose();
    await loaded?.model.dispose();
  }
}

async function startLlama(): Promise<Llama> {
  try {
    return await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      logLevel: LlamaLogLevel.disabled,
      // Not bound by the library's own choice: as soon as there is a context it follows what is done, see `paced`.
      maxThreads: 0,
    });
  } catch (cause) {
    return fail('internal', 'llm', FAILURES.builtIn.cannotRun, { cause });
  }
}

/** Undefined when there is no file. */
async function stampOf(path: string): Promise<string | undefined> {
  const facts = await stat(path).catch(() => undefined);
  return facts && `${facts.ino} ${facts.size} ${facts.mtimeMs}`;
}

async function loadModel(llama: Llama, path: string): Promise<Omit<Loaded, 'path' | 'stamp'>> {
  try {
    const model = await llama.loadModel({ modelPath: path });
    const writing: Writing = { gate: undefined };
    // A context never gets more threads than this allows when it is made; `paced` set it for the one before.
    llama.maxThreads = 0;
    const context = await model.createContext({
      contextSize: Math.min(CONTEXT_TOKENS, model.trainContextSize),
      batchSize: BATCH_TOKENS,
      threads: { ideal: readingThreadCount(llama.cpuMathCores), min: 1 },
    });
    const contextSequence = paced(context.getSequence(), llama, writing);
    const chat = new LlamaChat({ contextSequence, chatWrapper: chatFormat(model) });
    return { model, context, chat, writing };
  } catch (cause) {
    return damaged(cause);
  }
}

/**
 * The sequence, which passes the gate of the generation that runs before each token, and has more threads for the tokens of a prompt
 * than for those that it writes. A schedule of batches, llama.cpp's own means for the gate, is passed over where there is one sequence
 * (node-llama-cpp 3.22.1). What is read ahead is read in another way, with the threads of writing: the voice may be speaking then.
 */
function paced(sequence: LlamaContextSequence, llama: Llama, writing: Writing): LlamaContextSequence {
  const evaluate = sequence.evaluate.bind(sequence);
  const cores = llama.cpuMathCores;
  llama.maxThreads = threadCount(cores);
  sequence.evaluate = async function* (tokens, options) {
    const made = evaluate(tokens, options);
    let threads = tokens.length > 1 ? readingThreadCount(cores) : threadCount(cores);
    let replacement: Parameters<typeof made.next>[0];
    try {
      for (;;) {
        await new Promise<void>((go) => (writing.gate === undefined ? go() : writing.gate.pass(go)));
        llama.maxThreads = threads;
        const step = await made.next(replacement);
        threads = threadCount(cores);
        if (step.done === true) return;
        replacement = yield step.value;
      }
    } finally {
      llama.maxThreads = threadCount(cores);
      await made.return();
    }
  };
  return sequence;
}

async function readAhead(
  { model, chat }: Loaded,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<void> {
  const { sequence } = chat;
  const tokens = await keepWhatStands({ model, chat }, messages, historyFor(model, messages));
  for (let next = sequence.nextTokenIndex; next < tokens.length && !signal.aborted; next += AHEAD_TOKENS)
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(next, next + AHEAD_TOKENS));
}

/**
 * Brings the cache to where it holds the beginning of `history`, what of `messages` fits, as much of it as it has: older turns that went
 * are erased from its middle and what follows moves up. Returns the tokens of all of it.
 */
async function keepWhatStands(
  { model, chat }: Pick<Loaded, 'model' | 'chat'>,
  messages: readonly ChatMessage[],
  history: readonly ChatHistoryItem[],
): Promise<Token[]> {
  const { sequence, chatWrapper } = chat;
  const tokensOf = (chatHistory: readonly ChatHistoryItem[]): Token[] =>
    chatWrapper.generateContextState({ chatHistory: [...chatHistory] }).contextText.tokenize(model.tokenizer);
  const wanted = tokensOf(history);
  const whole = (): Token[] => tokensOf(beforeItsAnswer(messages));
  const gone = gonePart(sequence.contextTokens, { wanted, whole });
  if (gone !== undefined) await sequence.eraseContextTokenRanges([gone]);
  await sequence.adaptStateToTokens(wanted, false);
  return wanted;
}

/** As much of a conversation as the context takes, as it is before its answer. Throws `prompt-too-long`. */
function historyFor(model: LlamaModel, messages: readonly ChatMessage[]): ChatHistoryItem[] {
  const fitting = fitConversation(
    messages,
    (message) => model.tokenize(message.content).length + FORMAT_TOKENS,
    { promptTokens: PROMPT_TOKENS, historyTokens: HISTORY_TOKENS, newestTokens: USUAL_PROMPT_TOKENS },
  );
  return beforeItsAnswer(fitting);
}

function beforeItsAnswer(messages: readonly ChatMessage[]): ChatHistoryItem[] {
  return [...messages.map(toHistoryItem), { type: 'model', response: [] }];
}

async function answer(loaded: Loaded, generation: Generation): Promise<GenerationEnd> {
  const { model, chat } = loaded;
  const history = historyFor(model, generation.messages);
  // Where all of it fits, what was read stands as it is; its tokens are not counted once more before the first one is written.
  if (history.length <= generation.messages.length)
    await keepWhatStands(loaded, generation.messages, history);
  const end = new AnswerEnd();
  const wholeAnswer = new AbortController();
  const result = await chat
    .generateResponse(history, {
      ...SAMPLING,
      maxTokens: MAX_ANSWER_TOKENS,
      signal: AbortSignal.any([generation.signal, wholeAnswer.signal]),
      stopOnAbortSignal: true,
      onResponseChunk: ({ type, text, tokens }) => {
        if (type !== undefined || text === '' || generation.signal.aborted || wholeAnswer.signal.aborted)
          return;
        if (end.endsBefore(text, tokens.length)) wholeAnswer.abort();
        else generation.onDelta(text);
      },
    })
    .catch((thrown: unknown) => {
      // Aborted before the first token, llama.cpp's wrapper throws instead of returning.
      if (generation.signal.aborted) return undefined;
      throw thrown;
    });
  if (generation.signal.aborted || result === undefined) return 'cancelled';
  return result.metadata.stopReason === 'maxTokens' ? 'length' : 'stop';
}

function toHistoryItem(message: ChatMessage): ChatHistoryItem {
  switch (message.role) {
    case 'system':
      return { type: 'system', text: message.content };
    case 'user':
      return { type: 'user', text: message.content };
    case 'assistant':
      return { type: 'model', response: [message.content] };
  }
}

/** Tells a missing file and one that is no GGUF at all before llama.cpp sees it. */
async function checkHeader(path: string): Promise<void> {
  const magic = Buffer.alloc(4);
  try {
    const file = await open(path, 'r');
    try {
      await file.read(magic, 0, 4, 0);
    } finally {
      await file.close();
    }
  } catch (cause) {
    fail('model-missing', 'model', FAILURES.builtIn.notInstalled, { cause });
  }
  if (magic.toString('latin1') !== 'GGUF') damaged(undefined);
}

function damaged(cause: unknown): never {
  return fail('model-damaged', 'model', FAILURES.builtIn.damaged, { cause });
}
