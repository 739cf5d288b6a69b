/**
 * A language model behind any server that speaks OpenAI's chat completions: OpenRouter, OpenAI, Ollama, LM Studio,
 * llama.cpp's server, or one at an address of the person's own.
 *
 * Before the first text a request that failed for a passing reason is made again after 0.5, 1 and 2 s, or after the time
 * that the server asks for; each time is told by a `notice`. After the first text nothing is repeated: the failure is
 * thrown as it is. The server has to send something every so often, or the request is given up.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { appError, AppFailure, fail } from '../../common/result.ts';
import { PHRASES } from '../../common/strings/phrases.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { listModels } from './list-models.ts';
import { Patience } from './patience.ts';
import type { ChatEvent, ChatRequest, Provider } from './provider.ts';
import { describeServer, serverClient, type ServerConfig } from './server-client.ts';
import { noAnswer } from './server-fetch.ts';
import { explainFailure, streamCut, unreadable, type Server, type ServerFailure } from './server-failure.ts';

/** Times in ms. */
export interface ServerTimes {
  /** How long the answer may take to begin. */
  readonly firstByteMs: number;
  /** How long the server may be silent in the middle of an answer. */
  readonly stallMs: number;
  /** Wait before each new try; as many tries as there are waits. */
  readonly retryDelaysMs: readonly number[];
  /** The longest wait that a server's `Retry-After` is granted. */
  readonly longestRetryAfterMs: number;
}

/** OpenRouter sends a comment every few seconds while a model thinks, so 30 s of silence means trouble. */
export const SERVER_TIMES = {
  firstByteMs: 60_000,
  stallMs: 30_000,
  retryDelaysMs: [500, 1_000, 2_000],
  longestRetryAfterMs: 30_000,
} as const satisfies ServerTimes;

/** For a request whose failure is to be seen at once: nothing is repeated. */
export const TRIAL_TIMES = {
  ...SERVER_TIMES,
  firstByteMs: 30_000,
  retryDelaysMs: [],
} as const satisfies ServerTimes;

/** Creates the provider. The settings are checked when an answer is asked for. */
export function openAiCompatible(config: ServerConfig, times: ServerTimes = SERVER_TIMES): Provider {
  return new OpenAiCompatible(config, times);
}

/** What is read of a chunk of the stream; servers add much else. */
const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
});

class OpenAiCompatible implements Provider {
  private readonly config: ServerConfig;
  private readonly times: ServerTimes;
  private resolvedModel: string;

  constructor(config: ServerConfig, times: ServerTimes) {
    this.config = config;
    this.times = times;
    this.resolvedModel = config.model.trim();
  }

  get model(): string {
    return this.resolvedModel;
  }

  async *stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    const server = describeServer(this.config);
    if (server.isOpen && !warned.has(server.host)) {
      warned.add(server.host);
      yield { type: 'notice', message: openNotice(server) };
    }
    for (let attempt = 0; ; attempt++) {
      let gaveText = false;
      try {
        for await (const event of this.tryOnce(request, server, signal)) {
          gaveText ||= event.type === 'delta';
          yield event;
        }
        return;
      } catch (thrown) {
        if (hasAborted(signal)) return;
        const failure = explainFailure(thrown, server);
        const delayMs = gaveText ? undefined : this.delayBeforeRetry(failure, attempt);
        if (delayMs === undefined) throw new AppFailure(failure.error, { cause: thrown });
        yield { type: 'notice', message: retryNotice(failure, delayMs) };
        await sleep(delayMs, undefined, { signal }).catch(() => undefined);
        if (hasAborted(signal)) return;
      }
    }
  }

  private delayBeforeRetry(failure: ServerFailure, attempt: number): number | undefined {
    const delayMs = this.times.retryDelaysMs[attempt];
    if (!failure.transient || delayMs === undefined) return undefined;
    const asked = failure.retryAfterMs ?? 0;
    return asked > this.times.longestRetryAfterMs ? undefined : Math.max(delayMs, asked);
  }

  private async *tryOnce(
    request: ChatRequest,
    server: Server,
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent> {
    const attempt = new AbortController();
    const patience = new Patience(() => attempt.abort());
    const watch = {
      onBytes: () => patience.feed(this.times.stallMs),
      sawStream: false,
      sawDone: false,
    };
    const both = AbortSignal.any([signal, attempt.signal]);
    try {
      patience.arm(this.times.firstByteMs);
      this.resolvedModel ||= await this.firstModel(server, both);
      const stream = await serverClient(this.config, server, watch).chat.completions.create(
        { model: this.resolvedModel, messages: [...request.messages], stream: true },
        { signal: both },
      );
      let isAnswer = false;
      for await (const raw of stream) {
        isAnswer = true;
        for (const event of readChunk(raw, server)) {
          // The listener may be slow: its time is not the server's.
          patience.disarm();
          yield event;
          if (event.type === 'finish') return;
        }
        patience.arm(this.times.stallMs);
      }
      if (patience.expired) stalled(server, patience.limitMs);
      if (signal.aborted) return;
      if (!watch.sawStream) throw new AppFailure(noAnswer(server.who));
      if (!watch.sawDone) throw new AppFailure(isAnswer ? streamCut(server).error : unreadable(server));
      yield { type: 'finish', reason: 'stop' };
    } catch (thrown) {
      if (patience.expired) stalled(server, patience.limitMs);
      throw thrown;
    } finally {
      patience.disarm();
      attempt.abort();
    }
  }

  private async firstModel(server: Server, signal: AbortSignal): Promise<string> {
    const [first] = await listModels(this.config, { timeoutMs: this.times.firstByteMs, signal });
    if (first !== undefined) return first;
    return fail('model-unknown', 'provider', FAILURES.server.noModel(server.who));
  }
}

function* readChunk(raw: unknown, server: Server): Generator<ChatEvent> {
  const choice = chunkSchema.parse(raw).choices?.[0];
  const text = choice?.delta?.content ?? '';
  if (text !== '') yield { type: 'delta', text };
  switch (choice?.finish_reason ?? '') {
    case '':
      return;
    case 'length':
      yield { type: 'finish', reason: 'length' };
      return;
    case 'error':
      return fail('provider-error', 'provider', FAILURES.server.errorInMidAnswer(server.who), {
        retryable: true,
      });
    case 'content_filter':
      return fail('provider-error', 'provider', FAILURES.server.withheld(server.who));
    default:
      yield { type: 'finish', reason: 'stop' };
  }
}

/** As a function, because the compiler takes a flag that it has seen false for false ever after. */
function hasAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function stalled(server: Server, ms: number): never {
  throw new AppFailure(
    appError('stream-stalled', 'provider', FAILURES.server.silent(server.who, ms / 1000), {
      retryable: true,
    }),
  );
}

/** Hosts that the person was warned of; once a run of the program is enough. */
const warned = new Set<string>();

function openNotice({ who }: Server): string {
  return PHRASES.server.openNotice(who);
}

function retryNotice(failure: ServerFailure, delayMs: number): string {
  return PHRASES.server.tryingAgain(failure.error.message, delayMs / 1000);
}
