/**
 * The three processes behind the window: what each is told, what becomes of what it says, and what happens when one ends. The
 * ports between them are `process-ports.ts`.
 */
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { Exchange } from '../common/conversation.ts';
import type {
  AssistantCommand,
  AssistantReport,
  PromptContext,
  Replay,
  TurnStart,
} from '../common/ports/assistant-control.ts';
import type { DictionaryEntry } from '../common/dictionary.ts';
import {
  slowness,
  type EngineFacts,
  type EpChoice,
  type SpeedFinding,
  type SpeedReport,
} from '../common/engine.ts';
import type { LlmLoaded } from '../common/ports/llm.ts';
import type { Readiness, ResayArguments, StopArguments, WindowNotice } from '../common/ports/bridge.ts';
import type { SpeechCommand, SpeechControlReport } from '../common/ports/speech-control.ts';
import type { ProviderConfig, ProviderTrial } from '../common/provider.ts';
import { appError, err, ok, unreachable, type AppError, type Result } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { engineOf, type EngineId, type VoiceSource } from '../common/voice.ts';
import { STRINGS } from '../common/strings/interface.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import type { CudaSetup } from '../library/cuda/cuda-setup.ts';
import { EpMemory } from './ep-memory.ts';
import type { SpeechModelFolders } from './model-directory.ts';
import { ProcessPorts } from './process-ports.ts';
import { SupervisedProcess, type ProcessConfig } from './processes/supervised-process.ts';
import { RequestTable } from './request-table.ts';

/** The voice goes before the language model, which writes far faster than is spoken. */
const NICE = { assistant: 0, speech: 5, llm: 10 } as const;

/** How long a stopped turn's record is waited for, ms; the assistant answers in a few unless it is gone. */
const RECORD_TIMEOUT_MS = 500;

/** Two sentences of a slow engine, ms. */
const SPEED_CHECK_TIMEOUT_MS = 300_000;

/** Longer than the assistant itself waits, ms. */
const TRIAL_TIMEOUT_MS = 65_000;

export type TurnRecord = Extract<AssistantReport, { type: 'turn.record' }>;

/** The built-in model's process is told what it needs by the assistant, so main only starts and ends it. */
type LlmCommand = { readonly type: 'port' };

export interface HouseholdOptions {
  readonly entry: (name: 'assistant' | 'speech' | 'llm') => string;
  /** Environment for the processes; must hold no keys. */
  readonly env: Readonly<Record<string, string>>;
  /** What the process that runs voice models needs for CUDA. Asked at each of its starts. */
  readonly cuda: () => CudaSetup;
  /** Absolute path of the program's data tables. */
  readonly dataFolder: string;
  /** Where the installed speech model is, or why there is none. Asked at each load. */
  readonly speechModel: (engine: EngineId) => Promise<Result<SpeechModelFolders>>;
  /** Absolute path of a folder for what can be made again. */
  readonly cacheFolder: string;
  /** The execution provider that the person chose for an engine. Asked at each load. */
  readonly ep: (engine: EngineId) => EpChoice;
  /** The voice to have ready before the first prompt. */
  readonly firstVoice: () => Promise<VoiceSource>;
  /** The built-in model's file when it is the chosen provider, so that it can load before the first prompt. */
  readonly firstModelPath: () => Promise<string | undefined>;
  /** The person's own dictionary as it is now. */
  readonly dictionary: () => readonly DictionaryEntry[];
  readonly notify: (notice: WindowNotice) => void;
  /** The voice, or the built-in model, is loaded; again whenever it was loaded anew. */
  readonly onReady: (what: 'voice' | 'model') => void;
  /** Asks the person whether what ended too often is to be started again. */
  readonly askToStartAgain: (error: AppError) => Promise<boolean>;
  /** Keeps what stands of an answer. */
  readonly keep: (record: TurnRecord) => void;
  /** After how long without work voice and built-in model rest, ms; undefined: never. */
  readonly restAfterMs: () => number | undefined;
}

const RESTING = appError('process-gone', 'llm', FAILURES.builtIn.rests, { retryable: true });

const RESTARTED = appError('cancelled', 'speech', FAILURES.speedCheck.voiceStartedAnew, { retryable: true });

export class Household {
  private readonly options: HouseholdOptions;
  private readonly assistant: SupervisedProcess<AssistantCommand, AssistantReport>;
  private readonly speech: SupervisedProcess<SpeechCommand, SpeechControlReport>;
  private readonly speedChecks = new RequestTable<Result<SpeedFinding>>();
  private facts: EngineFacts | undefined;
  /** Called once when the voice is ready, or failed. */
  private readonly whenSettled = new Set<() => void>();
  private readonly llm: SupervisedProcess<LlmCommand, LlmLoaded>;
  private readonly trials = new RequestTable<Result<ProviderTrial>>();
  private readonly modelRequests = new RequestTable<Result<readonly string[]>>();
  private readonly ports: ProcessPorts<MessagePortMain>;
  private current: Readiness = { state: 'starting', message: STRINGS.progress.loadingVoice };
  private turnId: string | undefined;
  private turnVoice: VoiceSource | undefined;
  private replayId: string | undefined;
  private readonly stopRequests = new Map<string, () => void>();
  private readonly epMemory: EpMemory;
  /** The engine that was loaded last, or is being loaded. */
  private engine: EngineId = 'kokoro';
  /** The voice for which speech is started; undefined: the first one. */
  private startsFor: VoiceSource | undefined;
  private modelFolder: string | undefined;
  private stopped = false;

  constructor(options: HouseholdOptions) {
    this.options = options;
    this.epMemory = new EpMemory(options.ep);
    const config = (name: 'assistant' | 'speech' | 'llm', subject: string): ProcessConfig => ({
      name,
      subject,
      // The built-in model is started on demand: the assistant asks again when a turn wants it.
      restarts: name !== 'llm',
      nice: NICE[name],
      ...(name !== 'assistant' && { restAfterMs: options.restAfterMs }),
      entry: options.entry(name),
      env: () => (name === 'speech' ? { ...options.env, ...options.cuda().env } : options.env),
    });
    this.assistant = new SupervisedProcess(config('assistant', PHRASES.processes.assistant), {
      onStart: () => this.joinAssistant(),
      onReport: (report) => this.handleAssistant(report),
      onGone: (error, restartInMs) => {
        this.reportGone({ ...error, hint: PHRASES.processes.sendAgain });
        if (restartInMs === undefined) this.reportDown(error);
      },
    });
    this.speech = new SupervisedProcess(config('speech', PHRASES.processes.voice), {
      onStart: () => this.joinSpeech(),
      onReport: (report) => this.handleSpeech(report),
      onGone: (error, restartInMs) => {
        this.endSpeedCheck(error);
        const movesToProcessor = this.epMemory.ended();
        if (restartInMs !== undefined) {
          // A turn that runs waits for it; the sentence in hand is said once more.
          const hint = movesToProcessor ? STARTED_ON_PROCESSOR : PHRASES.processes.startedAgain;
          this.notifyError({ ...error, hint });
          this.setReadiness({ state: 'starting', message: STRINGS.progress.startingVoiceAgain });
          return;
        }
        this.assistant.send({ type: 'speech.gone', error });
        this.reportDown(error);
        this.setReadiness({ state: 'failed', error });
      },
      onRest: () => this.setReadiness({ state: 'resting' }),
    });
    this.llm = new SupervisedProcess<LlmCommand, LlmLoaded>(config('llm', PHRASES.processes.builtInModel), {
      onStart: () => this.ports.llmStarted(),
      onReport: () => options.onReady('model'),
      onGone: (error) =>
        this.assistant.send({ type: 'llm.gone', error: { ...error, hint: PHRASES.processes.sendAgain } }),
      // Nothing is asked of it, so nobody hears the error: the assistant asks for the process anew when it needs it.
      onRest: () => this.assistant.send({ type: 'llm.gone', error: RESTING }),
    });
    const { assistant, speech, llm } = this;
    this.ports = new ProcessPorts({ assistant, speech, llm, openPair: () => new MessageChannelMain() });
  }

  get readiness(): Readiness {
    return this.current;
  }

  /** Folder of the voice model that is loaded or being loaded; undefined when there is none. */
  get voiceModelFolder(): string | undefined {
    return this.modelFolder;
  }

  /** The execution provider on which an engine is loaded now: the chosen one, unless it was given up. */
  epFor(engine: EngineId): EpChoice {
    return this.epMemory.choice(engine);
  }

  /** Loads the voice anew: its model was installed, changed or removed. */
  reloadVoice(): void {
    void this.loadEngine();
  }

  /** Starts the processes; after {@link stop} nothing. */
  start(): void {
    if (this.stopped) return;
    this.assistant.start();
    this.speech.start();
  }

  /** Ends all processes. */
  stop(): void {
    this.stopped = true;
    this.assistant.stop();
    this.speech.stop();
    this.llm.stop();
  }

  /** Gives the page its two ports, now and whenever a process at their other end starts anew. */
  connectPage(page: WebContents): void {
    this.ports.connectPage(page);
  }

  /**
   * Hands a turn to the assistant, with the exchanges that it follows on; loads the voice again first if that failed
   * before.
   */
  async startTurn(turn: TurnStart, exchanges: readonly Exchange[]): Promise<Result<null>> {
    const ready = await this.readyFor(turn.turnId, turn.voice);
    if (!ready.ok) return ready;
    this.assistant.send({ type: 'conversation.load', exchanges });
    this.assistant.send({ type: 'turn.start', turn });
    return ok(null);
  }

  /** Has a text said that was written already. */
  async startReplay(replay: Replay): Promise<Result<null>> {
    const ready = await this.readyFor(replay.turnId, replay.voice);
    this.replayId = replay.turnId;
    if (ready.ok) this.assistant.send({ type: 'turn.replay', replay });
    return ready;
  }

  /**
   * Has the running turn's sentences from index `from` on said again. A voice of another engine waits for the next turn:
   * until then the turn keeps its own.
   */
  resay(what: ResayArguments, wanted: VoiceSource, speed: number): void {
    if (this.current.state === 'resting') void this.loadEngine(this.turnVoice);
    this.speech.touch();
    const voice = engineOf(wanted) === this.engine ? wanted : (this.turnVoice ?? wanted);
    this.turnVoice = voice;
    this.assistant.send({ type: 'turn.resay', ...what, voice, speed });
  }

  /** Stops a turn. Resolves when what was heard of it is kept, or when nothing is said of it for a while. */
  stopTurn({ turnId, heard }: StopArguments): Promise<void> {
    if (turnId === this.replayId) {
      // Of a replay nothing is kept.
      this.assistant.send({ type: 'turn.stop', turnId, heard });
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.stopRequests.get(turnId)?.(), RECORD_TIMEOUT_MS);
      this.stopRequests.set(turnId, () => {
        this.stopRequests.delete(turnId);
        clearTimeout(timer);
        resolve();
      });
      this.assistant.send({ type: 'turn.stop', turnId, heard });
    });
  }

  /**
   * Starts the voice's process anew, since only a new one sees other libraries or another provider. A turn that runs waits
   * for it, and the sentence in hand is said once more. What was given up is tried again: the person chose anew.
   */
  restartVoice(): void {
    this.epMemory.forget();
    this.endSpeedCheck(RESTARTED);
    this.speech.stop();
    this.setReadiness({ state: 'starting', message: STRINGS.progress.startingVoiceAgain });
    this.speech.start();
  }

  /** Changes the voice of the running turn from its next sentence on, and prepares it. */
  changeVoice(voice: VoiceSource, speed: number): void {
    // Sentences on their way have the old voice, which another engine could not say: such a change waits for the next turn.
    if (engineOf(voice) !== this.engine) return;
    this.speech.send({ type: 'voice.prepare', voice });
    this.assistant.send({ type: 'turn.voice', voice, speed });
  }

  /** Hands the dictionary to the assistant: it holds from the next sentence on. */
  changeDictionary(): void {
    this.assistant.send({ type: 'dictionary', entries: this.options.dictionary() });
  }

  /** Asks a provider's server for its models, by way of the assistant. */
  async listModels(provider: ProviderConfig, timeoutMs = 10_000): Promise<Result<readonly string[]>> {
    const timeout = appError('host-unreachable', 'provider', FAILURES.server.late, {
      retryable: true,
    });
    const request = this.modelRequests.open(timeoutMs, err(timeout));
    this.assistant.send({ type: 'models.list', requestId: request.id, provider });
    return request.answer;
  }

  /** A prompt is being typed: what rests is loaded again, and what is loaded stays. */
  async wake(context: PromptContext): Promise<void> {
    this.speech.touch();
    this.llm.touch();
    const loading = this.current.state === 'resting' ? this.loadEngine() : undefined;
    await Promise.all([loading, this.warmModel(context)]);
  }

  /** Has a voice say a sentence, unheard, and tells how fast that was; loads the voice first where that is to be done. */
  async checkSpeed(voice: VoiceSource): Promise<Result<SpeedReport>> {
    this.speech.touch();
    const { state } = this.current;
    if (state === 'failed' || state === 'resting' || engineOf(voice) !== this.engine) {
      const loaded = await this.loadEngine(voice);
      if (!loaded.ok) return loaded;
    }
    await this.voiceSettled();
    if (this.current.state === 'failed') return err(this.current.error);
    const late = appError('synthesis-failed', 'speech', FAILURES.speedCheck.late, {
      retryable: true,
    });
    const request = this.speedChecks.open(SPEED_CHECK_TIMEOUT_MS, err(late));
    this.speech.send({ type: 'speed.measure', requestId: request.id, voice });
    const finding = await request.answer;
    const { facts } = this;
    if (!finding.ok || facts === undefined) return finding.ok ? err(late) : finding;
    const { label: engine, ep, threads, variant } = facts;
    return ok({ ...finding.value, engineId: engineOf(voice), engine, ep, threads, variant });
  }

  /** Tries a provider with a small, real request, by way of the assistant. */
  async tryProvider(provider: ProviderConfig): Promise<Result<ProviderTrial>> {
    const late = appError('host-unreachable', 'provider', FAILURES.server.providerLate, {
      retryable: true,
    });
    const request = this.trials.open(TRIAL_TIMEOUT_MS, err(late));
    if (this.assistant.state === 'down') this.assistant.start();
    this.assistant.send({ type: 'provider.try', requestId: request.id, provider });
    return request.answer;
  }

  private async readyFor(turnId: string, voice: VoiceSource): Promise<Result<null>> {
    this.speech.touch();
    this.llm.touch();
    const { state } = this.current;
    if (state === 'failed' || state === 'resting' || engineOf(voice) !== this.engine) {
      const loaded = await this.loadEngine(voice);
      if (!loaded.ok) return loaded;
    }
    if (this.assistant.state === 'down') this.assistant.start();
    this.turnId = turnId;
    this.turnVoice = voice;
    return ok(null);
  }

  private joinAssistant(): void {
    this.ports.assistantStarted();
    this.changeDictionary();
    void this.warmModel();
  }

  private joinSpeech(): void {
    this.ports.speechStarted();
    // The turn that runs goes on in its own voice, whatever the engine.
    void this.loadEngine(this.startsFor ?? this.turnVoice);
    this.startsFor = undefined;
  }

  /** Asks speech to load the engine. The answer comes as `engine.ready` or `engine.failed`. */
  private async loadEngine(wanted?: VoiceSource): Promise<Result<null>> {
    this.setReadiness({ state: 'starting', message: STRINGS.progress.loadingVoice });
    // A first voice that cannot be read is said when it is used; the picker shows it already.
    const voice = wanted ?? (await this.options.firstVoice().catch(() => undefined));
    const engine = voice === undefined ? 'kokoro' : engineOf(voice);
    this.engine = engine;
    const model = await this.options.speechModel(engine);
    const folder = model.ok ? model.value.modelFolder : undefined;
    if (folder !== this.modelFolder) this.options.notify({ type: 'models-changed' });
    this.modelFolder = folder;
    if (!model.ok) {
      this.setReadiness({ state: 'failed', error: model.error });
      return model;
    }
    if (this.speech.state === 'down' || this.speech.state === 'resting') {
      // As soon as it runs it is told what to load.
      this.startsFor = voice;
      this.speech.start();
      return ok(null);
    }
    this.speech.send({
      type: 'engine.load',
      engine,
      ...model.value,
      dataFolder: this.options.dataFolder,
      cacheFolder: this.options.cacheFolder,
      ep: this.epMemory.choice(engine),
      epObstacles: this.options.cuda().obstacles,
    });
    if (voice) this.speech.send({ type: 'voice.prepare', voice });
    return ok(null);
  }

  /**
   * Loads the built-in model if it is the chosen provider, so that the first prompt need not wait for it, and has it read what
   * that will follow on.
   */
  async warmModel(context?: PromptContext): Promise<void> {
    const modelPath = await this.options.firstModelPath();
    if (modelPath !== undefined) this.assistant.send({ type: 'llm.warm', modelPath, context });
  }

  private handleAssistant(report: AssistantReport): void {
    switch (report.type) {
      case 'ready':
        return;
      case 'llm.wanted':
        this.llm.start();
        return;
      case 'turn.record':
        this.options.keep(report);
        if (report.outcome === 'stopped') this.stopRequests.get(report.turnId)?.();
        return;
      case 'provider.tried':
        this.trials.close(report.requestId, report.trial);
        return;
      case 'models':
        this.modelRequests.close(report.requestId, report.error ? err(report.error) : ok(report.models));
        return;
      default:
        unreachable(report);
    }
  }

  private handleSpeech(report: SpeechControlReport): void {
    switch (report.type) {
      case 'ready':
        return;
      case 'engine.progress':
        this.setReadiness({ state: 'starting', message: progressText(report), done: report.done });
        return;
      case 'engine.ready':
        this.tellReady(report.facts);
        return;
      case 'ep.given-up':
        this.epMemory.giveUp(this.engine);
        this.notifyError(report.error);
        return;
      case 'engine.failed':
        this.setReadiness({ state: 'failed', error: report.error });
        return;
      case 'speed.measured':
        this.speedChecks.close(report.requestId, report.result);
        return;
      case 'voice.failed':
        this.notifyError(report.error);
        return;
      default:
        unreachable(report);
    }
  }

  private tellReady(facts: EngineFacts): void {
    this.facts = facts;
    const { label, ep, threads, epReport } = facts;
    this.epMemory.loaded(this.engine, ep);
    this.setReadiness({ state: 'ready', engine: label, ep, threads, ...(epReport ? { epReport } : {}) });
    this.options.onReady('voice');
    const slow = slowness(facts);
    if (slow !== undefined) this.notifyError(slow);
  }

  private setReadiness(readiness: Readiness): void {
    this.current = readiness;
    this.options.notify({ type: 'readiness', readiness });
    if (readiness.state === 'starting') return;
    for (const settle of this.whenSettled) settle();
    this.whenSettled.clear();
  }

  /** Resolves when the voice is not being loaded any more. */
  private async voiceSettled(): Promise<void> {
    if (this.current.state !== 'starting') return;
    await new Promise<void>((resolve) => this.whenSettled.add(resolve));
  }

  /** Speed checks that run are lost with their process. */
  private endSpeedCheck(error: AppError): void {
    this.speedChecks.closeAll(err(error));
  }

  private reportGone(error: AppError): void {
    this.options.notify({ type: 'error', error, turnId: this.turnId });
  }

  /** A process ended too often and stays down until the person wants it back. */
  private reportDown(error: AppError): void {
    void this.options.askToStartAgain(error).then((wanted) => {
      if (wanted) this.startAgain();
    });
  }

  private startAgain(): void {
    this.assistant.start();
    if (this.speech.state === 'down') void this.loadEngine();
  }

  private notifyError(error: AppError): void {
    this.options.notify({ type: 'error', error, turnId: undefined });
  }
}

/** After the second end of speech on a graphics processor. */
const STARTED_ON_PROCESSOR = PHRASES.processes.backOnProcessor;

function progressText({ doing, done }: Extract<SpeechControlReport, { type: 'engine.progress' }>): string {
  return done === undefined ? doing : `${doing} (${Math.round(done * 100)} %)`;
}
