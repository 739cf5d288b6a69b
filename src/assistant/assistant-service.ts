/**
 * The assistant process's core, the same in the app and in the command line: commands in, turns run, events out. It knows
 * no Electron. The channels to the window, to speech and to the built-in model may come, go and be replaced at any time.
 *
 * One turn is alive at a time. The last one is remembered after its end, because its sound may still be playing: stopping
 * it then silences what is left and cuts the conversation to what was heard.
 */
import type { Channel } from '../common/channel.ts';
import type {
  AssistantCommand,
  AssistantReport,
  PromptContext,
  Replay,
  TurnStart,
} from '../common/ports/assistant-control.ts';
import type { LlmReport, LlmRequest } from '../common/ports/llm.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import type { TurnEvent } from '../common/ports/turn.ts';
import type { ChatMessage, ProviderConfig } from '../common/provider.ts';
import { appError, err, ok, toAppError, unreachable, type AppError } from '../common/result.ts';
import type { Heard, TurnOutcome } from '../common/sentence.ts';
import { MAX_PROMPT_CHARACTERS } from '../common/settings.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { Conversation } from './conversation.ts';
import { heardText } from './heard.ts';
import { createProvider } from './providers/create-provider.ts';
import { readAloud } from './providers/read-aloud.ts';
import { listModels } from './providers/list-models.ts';
import { LlmLink } from './providers/llm-link.ts';
import { openAiCompatible, TRIAL_TIMES } from './providers/openai-compatible.ts';
import type { Provider } from './providers/provider.ts';
import { tryProvider } from './providers/try-provider.ts';
import { PersonalDictionary } from '../text/personal-dictionary.ts';
import { Turn } from './turn.ts';

/** How often an answer that is being written is reported to main, ms: so much is lost at most when a process dies. */
const RECORD_EVERY_MS = 2_000;

/** The longest that trying a provider may take, ms: a local server may load its model first. */
const LONGEST_TRIAL_MS = 60_000;

/** What the service is built with. */
export interface AssistantOptions {
  /** Tells main (or the command line) something. */
  report(report: AssistantReport): void;
  /** Makes a provider; left out, the real one. */
  readonly provider?: (config: ProviderConfig, link: LlmLink) => Provider;
}

/** The window's end: it only listens. */
export type WindowChannel = Pick<Channel<TurnEvent, unknown>, 'send' | 'close'>;

/** Everything main can ask that does not carry a port. */
export type AssistantRequest = Exclude<AssistantCommand, { type: 'port' }>;

export class AssistantService {
  private readonly options: AssistantOptions;
  private readonly conversation = new Conversation();
  private readonly dictionary = new PersonalDictionary();
  private readonly link: LlmLink;
  private window: WindowChannel | undefined;
  private speech: Channel<SpeechRequest, SpeechReport> | undefined;
  private turn: Turn | undefined;
  private recordedAt = 0;

  constructor(options: AssistantOptions) {
    this.options = options;
    this.link = new LlmLink(() => options.report({ type: 'llm.wanted' }));
  }

  /** Takes a new window in place of the one before. */
  connectWindow(channel: WindowChannel): void {
    this.window?.close();
    this.window = channel;
  }

  /** Takes a new speech process in place of the one before. A turn that runs goes on there with what was not said yet. */
  connectSpeech(channel: Channel<SpeechRequest, SpeechReport>): void {
    this.speech?.close();
    this.loseSpeech();
    this.speech = channel;
    channel.onMessage((report) => {
      if (this.speech === channel) this.turn?.handleSpeech(report);
    });
    channel.onClose(() => {
      if (this.speech === channel) this.loseSpeech();
    });
    this.turn?.speechBack();
  }

  /** The built-in model's process is there: the answer to `llm.wanted`. */
  connectLlm(channel: Channel<LlmRequest, LlmReport>): void {
    this.link.connect(channel);
  }

  /** Does what is asked. Never throws. */
  handle(request: AssistantRequest): void {
    switch (request.type) {
      case 'turn.start':
        this.start(request.turn);
        return;
      case 'turn.stop':
        this.stop(request.turnId, request.heard);
        return;
      case 'turn.voice':
        this.turn?.setVoice(request.voice, request.speed);
        return;
      case 'dictionary':
        this.dictionary.set(request.entries);
        return;
      case 'turn.resay':
        if (this.turn?.turnId === request.turnId) this.turn.resay(request);
        return;
      case 'turn.replay':
        this.replay(request.replay);
        return;
      case 'conversation.load':
        this.conversation.load(request.exchanges);
        return;
      case 'llm.warm':
        this.link.warm(request.modelPath, this.messagesAhead(request.context));
        return;
      case 'speech.gone':
        this.turn?.speechLost(request.error);
        return;
      case 'llm.gone':
        this.link.gone(request.error);
        return;
      case 'models.list':
        void this.listModels(request.requestId, request.provider);
        return;
      case 'provider.try':
        void this.tryProvider(request.requestId, request.provider);
        return;
      default:
        unreachable(request);
    }
  }

  /**
   * What the built-in model may read before a prompt is there. Nothing while a turn is written or said: reading takes a core for
   * seconds, which the voice may need.
   */
  private messagesAhead(context: PromptContext | undefined): readonly ChatMessage[] {
    if (context === undefined || (this.turn !== undefined && this.turn.outcome === undefined)) return [];
    const conversation = new Conversation();
    conversation.load(context.exchanges);
    return conversation.messages(context.systemPrompt, '');
  }

  private start(start: TurnStart): void {
    this.stopRunning();
    const { turnId, prompt, provider: config } = start;
    const refusal = promptProblem(prompt);
    if (refusal !== undefined) {
      this.tell({ type: 'turn.started', turnId, provider: config.id, model: '', forgotten: 0 });
      this.tell({ type: 'turn.end', turnId, outcome: 'failed', error: refusal });
      return;
    }
    const messages = this.conversation.messages(start.systemPrompt, prompt);
    // What is only read aloud was not said to a language model: it is no part of the conversation.
    if (config.kind !== 'read-aloud') this.conversation.begin(turnId, prompt);
    const provider = (this.options.provider ?? createProvider)(config, this.link);
    const { voice, speed, pauseMs, crossfadeMs, reading } = start;
    const { forgotten } = this.conversation;
    const { dictionary } = this;
    const how = { voice, speed, pauseMs, crossfadeMs, reading, dictionary };
    const turn = new Turn(
      { ...how, turnId, provider, providerId: config.id, messages, forgotten },
      {
        say: (request) => this.say(request),
        tell: (event) => {
          this.tell(event);
          if (event.type === 'turn.delta') this.recordNowAndThen(turn);
          // A stopped turn is recorded with what was heard of it, which the stop brings along.
          if (event.type === 'turn.end' && event.outcome !== 'stopped')
            this.record(turn, turn.answer.length, event.outcome, event.error);
          if (event.type === 'turn.end' && event.outcome === 'complete') this.readOn(start);
        },
        ended: () => this.conversation.setAnswer(turnId, turn.answer),
      },
    );
    this.turn = turn;
    turn.start();
  }

  /**
   * Has the built-in model read what the next prompt will follow on, while the last of the sound is heard. Mostly it has, but
   * when older turns go it reads those that are left anew, which takes seconds.
   */
  private readOn({ provider, systemPrompt }: TurnStart): void {
    if (provider.kind === 'built-in')
      this.link.warm(provider.modelPath, this.conversation.messages(systemPrompt, ''));
  }

  private replay({ turnId, text, from, ...how }: Replay): void {
    this.stopRunning();
    this.turn = new Turn(
      {
        ...how,
        turnId,
        dictionary: this.dictionary,
        provider: readAloud(),
        providerId: 'read-aloud',
        messages: [{ role: 'user', content: text }],
        sayFrom: from,
      },
      { say: (request) => this.say(request), tell: (event) => this.tell(event), ended: () => undefined },
    );
    this.turn.start();
  }

  private stopRunning(): void {
    if (this.turn?.outcome === undefined) this.stop(this.turn?.turnId ?? '', undefined);
  }

  private recordNowAndThen(turn: Turn): void {
    const now = performance.now();
    if (now - this.recordedAt < RECORD_EVERY_MS) return;
    this.recordedAt = now;
    this.record(turn, turn.answer.length, undefined, undefined);
  }

  private record(
    { turnId, answer, model }: Turn,
    heardEnd: number,
    outcome: TurnOutcome | undefined,
    error: AppError | undefined,
  ): void {
    this.options.report({ type: 'turn.record', turnId, answer, heardEnd, model, outcome, error });
  }

  private stop(turnId: string, heard: Heard | undefined): void {
    const { turn } = this;
    if (turn?.turnId !== turnId) return;
    const running = turn.outcome === undefined;
    if (running) turn.stop();
    const heardAnswer = heardText(turn.answer, turn.sentences, heard ?? spokenSoFar(turn));
    this.conversation.setAnswer(turnId, heardAnswer);
    if (!turn.isReplay) this.record(turn, heardAnswer.length, 'stopped', turn.problem);
    if (running) return;
    turn.close();
    // All was at the player already; it is told by way of speech, and the window gets its answer.
    this.say({ type: 'turn.stop', turnId });
    this.tell({ type: 'turn.end', turnId, outcome: 'stopped', error: undefined });
  }

  private async listModels(requestId: string, provider: ProviderConfig): Promise<void> {
    let models: readonly string[] = [];
    let error: AppError | undefined;
    try {
      if (provider.kind === 'openai-compatible') models = await listModels(provider);
      else if (provider.kind === 'built-in') models = [provider.model];
    } catch (thrown) {
      error = toAppError(thrown, 'provider');
    }
    this.options.report({ type: 'models', requestId, models, error });
  }

  private async tryProvider(requestId: string, config: ProviderConfig): Promise<void> {
    const provider =
      config.kind === 'openai-compatible'
        ? openAiCompatible(config, TRIAL_TIMES)
        : createProvider(config, this.link);
    try {
      const trial = ok(await tryProvider(provider, AbortSignal.timeout(LONGEST_TRIAL_MS)));
      this.options.report({ type: 'provider.tried', requestId, trial });
    } catch (thrown) {
      this.options.report({
        type: 'provider.tried',
        requestId,
        trial: err(toAppError(thrown, 'provider')),
      });
    }
  }

  private say(request: SpeechRequest): void {
    this.speech?.send(request);
  }

  private tell(event: TurnEvent): void {
    this.window?.send(event);
  }

  private loseSpeech(): void {
    if (this.speech === undefined) return;
    this.speech = undefined;
    this.turn?.speechGone();
  }
}

/** When nobody knows what was heard: what was sent to the player in full. */
function spokenSoFar(turn: Turn): Heard {
  const sentenceIndex = turn.sentences.findLastIndex((known) => known.audioMs !== undefined);
  return {
    turnId: turn.turnId,
    sentenceIndex,
    sentenceMs: turn.sentences[sentenceIndex]?.audioMs ?? 0,
  };
}

function promptProblem(prompt: string): AppError | undefined {
  if (prompt.trim() === '') {
    return appError('prompt-empty', 'text', FAILURES.prompt.empty);
  }
  if (prompt.length <= MAX_PROMPT_CHARACTERS) return undefined;
  const limit = MAX_PROMPT_CHARACTERS.toLocaleString('en');
  return appError('prompt-too-long', 'text', FAILURES.prompt.tooLong(limit));
}
