/**
 * The speech process's core, the same in the app and in the command line: sentences in from the assistant, sound out to
 * the player as far as its credit goes, an engine in between. It knows neither Electron nor any one engine.
 *
 * The engine does one job at a time: all its work runs in one lane, in which loading and preparing go before sentences.
 * One turn is alive at a time; `turn.begin` ends an earlier one, and nothing of an ended turn is reported or sent. Until
 * the first engine is loaded, sentences wait; when loading failed, each fails with the reason.
 */
import { samplesToMs } from '../common/audio.ts';
import type { Channel } from '../common/channel.ts';
import type { EngineFacts, SpeedFinding } from '../common/engine.ts';
import { CREDIT_STEP_MS, type PlayerCredit, type PlayerInput } from '../common/ports/player.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import { AppFailure, appError, fail, toAppError, unreachable, type AppError } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { VoiceSource } from '../common/voice.ts';
import type { EngineChunk, EngineFiles, LoadProgress, TtsEngine } from './engine.ts';
import { EpFailures } from './ep-failures.ts';
import { yieldToMessages } from './event-loop.ts';
import { HeldRuns } from './held-runs.ts';
import { PlayerLink } from './player-link.ts';
import { SpeechTurn, type Delivery, type SayRequest } from './speech-turn.ts';
import { SentenceTally, SpeedMeter } from './speed-meter.ts';
import { firstStartBufferMs, LEAST_START_BUFFER_MS, restBufferMs } from './start-buffer.ts';
import { TextPace } from './text-pace.ts';

/** The engine as the service knows it. */
type EngineState =
  | { readonly is: 'awaited' }
  | {
      readonly is: 'loaded';
      readonly engine: TtsEngine;
      readonly meter: SpeedMeter;
      /** What went wrong on its execution provider; undefined on the processor, behind which there is nothing else. */
      readonly epFailures: EpFailures | undefined;
      readonly onEpGivenUp: OnEpGivenUp;
    }
  | { readonly is: 'failed'; readonly error: AppError };

type SettledEngine = Exclude<EngineState, { is: 'awaited' }>;
type LoadedEngine = Extract<EngineState, { is: 'loaded' }>;

/** Told before work that blocks the event loop, with how long that may take at most, ms; with 0 when it is done. */
export type OnSilence = (withinMs: number) => void;

/**
 * Told when an engine's execution provider is given up, with the last failure there. Who hears it must have the engine loaded
 * anew on the processor before it returns; the sentence in hand waits for that and is said there.
 */
export type OnEpGivenUp = (why: AppError) => void;

/** What goes along with a load. */
export interface LoadHearers {
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Left out: failures are reported sentence by sentence, whatever the execution provider. */
  readonly onEpGivenUp?: OnEpGivenUp;
}

/** A run that takes this many times as long as the engine's measured speed lets expect hangs. */
const PATIENCE = 10;

/** No run is given up earlier, ms: the first one on a full machine has nothing measured to go by. */
const LEAST_RUN_MS = 15_000;

/** The voice is pressed while less of its sound lies ready, ms: three windows of an engine on a fast machine. */
const PRESSED_BELOW_MS = 500;

/**
 * The same in runs of the engine, for slower machines: a run beside a language model on the same cores takes up to twice as
 * long as one alone, and the model is only held from the next run on.
 */
const PRESSED_BELOW_RUNS = 2.5;

/**
 * Or in times what the rest of the sentence in hand takes, where that is less and no other waits: its sound will come in time beside
 * the language model, and the next sentence does not come before that one has written it.
 */
const PRESSED_BELOW_RESTS = 2.5;

/** The same while more sentences wait, ms: what would be written meanwhile is not needed yet. */
const PRESSED_BELOW_WAITING_MS = 3_000;

/** A run of the speed check on a very slow machine, ms. */
const LONGEST_CHECK_RUN_MS = 120_000;

/** A model may be read from a slow disk and be prepared for this machine, ms. */
const LOAD_MS = 600_000;

export class SpeechService {
  private readonly onSilence: OnSilence;
  private assistant: Channel<SpeechReport, SpeechRequest> | undefined;
  /** What waits for the player has enough ready, or nobody to hear it. */
  private readonly player = new PlayerLink((turn) => this.tellPressed(turn, false));
  private engine: EngineState = { is: 'awaited' };
  private readonly textPace = new TextPace();
  private turn: SpeechTurn | undefined;
  /** Work on the engine that goes before the next sentence. */
  private readonly chores: (() => Promise<void>)[] = [];
  private laneRuns = false;
  private speedCheck: AbortController | undefined;

  constructor(onSilence: OnSilence = () => undefined) {
    this.onSilence = onSilence;
  }

  /** Takes a new assistant in place of the one before, whose turn ends: nobody is left to hear of it. */
  connectAssistant(channel: Channel<SpeechReport, SpeechRequest>): void {
    this.assistant?.close();
    this.abandonTurn();
    this.assistant = channel;
    channel.onMessage((request) => {
      if (this.assistant === channel) this.handle(request);
    });
    channel.onClose(() => {
      if (this.assistant !== channel) return;
      this.assistant = undefined;
      this.abandonTurn();
    });
  }

  /** Takes a new player in place of the one before. A running turn goes on there with what was not sent yet. */
  connectPlayer(channel: Channel<PlayerInput, PlayerCredit>): void {
    this.player.connect(channel, () => this.turn);
  }

  /** Loads an engine in place of the one before, which is freed first. Throws what its `load` throws. */
  loadEngine(
    engine: TtsEngine,
    files: EngineFiles,
    { onProgress, onEpGivenUp }: LoadHearers = {},
  ): Promise<EngineFacts> {
    return this.chore(async () => {
      // An engine that cannot be freed must not keep the next one from coming.
      await this.freeEngine().catch(() => undefined);
      this.onSilence(LOAD_MS);
      try {
        const facts = await engine.load(files, onProgress);
        const meter = new SpeedMeter(facts.pace);
        const epFailures = facts.ep === 'cpu' || onEpGivenUp === undefined ? undefined : new EpFailures();
        this.engine = { is: 'loaded', engine, meter, epFailures, onEpGivenUp: onEpGivenUp ?? unheard };
        return facts;
      } catch (thrown) {
        this.engine = { is: 'failed', error: toAppError(thrown, 'model') };
        throw thrown;
      } finally {
        this.onSilence(0);
      }
    });
  }

  /** Prepares a voice before its first sentence. Throws what the engine throws; without an engine it does nothing. */
  prepareVoice(voice: VoiceSource): Promise<void> {
    return this.chore(async () => {
      if (this.engine.is === 'loaded') await this.engine.engine.prepareVoice(voice);
    });
  }

  /** Whether nothing is being said, loaded or prepared, and nothing of a turn is still to come. */
  get isIdle(): boolean {
    return !this.laneRuns && (this.turn === undefined || this.turn.spoken);
  }

  /**
   * Has the engine say a sentence of usual length twice and tells how fast the second was; the first one warms it up. What
   * it finds of an engine that gives its sound in runs counts for the start buffer from then on, until sentences were said.
   * Throws `request-invalid` while a turn is being said, `cancelled` when one begins meanwhile, what the engine throws, or
   * why there is none.
   */
  measureSpeed(voice: VoiceSource): Promise<SpeedFinding> {
    return this.chore(async () => {
      const loaded = this.engine;
      if (loaded.is === 'failed') throw new AppFailure(loaded.error);
      if (loaded.is === 'awaited')
        fail('model-missing', 'speech', FAILURES.voice.noneLoaded, { retryable: true });
      if (this.turn?.spoken === false)
        fail('request-invalid', 'speech', FAILURES.speedCheck.whileSpeaking, { retryable: true });
      const check = new AbortController();
      this.speedCheck = check;
      try {
        await timeOneSentence(loaded.engine, voice, check.signal, this.onSilence);
        const tally = await timeOneSentence(loaded.engine, voice, check.signal, this.onSilence);
        if (check.signal.aborted)
          fail('cancelled', 'speech', FAILURES.speedCheck.spokenMeanwhile, {
            retryable: true,
          });
        const { audioMs, firstRunMs, characters, speed, pace } = tally;
        // Of a single run nothing is known about how later ones come in time: the meter's own way of guessing is better.
        const meter = tally.isOneRun ? loaded.meter : new SpeedMeter(pace);
        this.engine = { ...loaded, meter };
        const like = {
          meter,
          tally,
          next: { characters, speed },
          isLast: false,
          pauseMs: 0,
          expected: undefined,
        };
        return { rtf: pace.rtf, firstMs: firstRunMs, audioMs, startBufferMs: firstStartBufferMs(like) };
      } finally {
        this.speedCheck = undefined;
      }
    });
  }

  /** Ends the turn, closes the channels and frees the engine. */
  async dispose(): Promise<void> {
    this.endTurn();
    this.assistant?.close();
    this.assistant = undefined;
    this.player.close();
    await this.chore(() => this.freeEngine());
  }

  private handle(request: SpeechRequest): void {
    switch (request.type) {
      case 'turn.begin':
        this.speedCheck?.abort();
        this.endTurn();
        this.turn = new SpeechTurn(request);
        return;
      case 'sentence.say':
        if (this.turn?.turnId === request.sentence.turnId) this.queue(this.turn, request);
        return;
      case 'turn.resay':
        if (this.turn?.turnId !== request.turnId) return;
        this.turn.takeBack(request.from);
        this.player.resayTurn(this.turn, request.from);
        this.report(this.turn, { type: 'turn.taken-back', turnId: request.turnId });
        return;
      case 'sentence.skip':
        if (this.turn?.turnId !== request.turnId) return;
        this.turn.skip(request.index);
        this.runLane();
        return;
      case 'turn.finish':
        if (this.turn?.turnId !== request.turnId) return;
        this.turn.finish();
        this.runLane();
        return;
      case 'turn.stop':
        if (this.turn?.turnId === request.turnId) this.endTurn();
        return;
      default:
        unreachable(request);
    }
  }

  private queue(turn: SpeechTurn, request: SayRequest): void {
    if (turn.add(request)) {
      const { index, spoken } = request.sentence;
      if (index === 1 && !turn.paced) this.textPace.note(turn.sinceFirstMs, spoken.length);
      turn.paced ||= index === 1;
      this.runLane();
      return;
    }
    const { turnId, index } = request.sentence;
    const error = appError('request-invalid', 'speech', FAILURES.turn.sentenceLate);
    this.report(turn, { type: 'sentence.failed', turnId, index, error });
  }

  private endTurn(): void {
    const turn = this.turn;
    this.turn = undefined;
    if (turn === undefined) return;
    turn.stop();
    this.player.stopTurn(turn);
  }

  /** The assistant is gone. What the player has in full may play out. */
  private abandonTurn(): void {
    if (this.turn?.spoken === true) this.turn = undefined;
    else this.endTurn();
  }

  private report(turn: SpeechTurn, report: SpeechReport): void {
    if (!turn.stopped) this.assistant?.send(report);
  }

  private async freeEngine(): Promise<void> {
    const before = this.engine;
    this.engine = { is: 'awaited' };
    if (before.is === 'loaded') await before.engine.dispose();
  }

  /** Queues work on the engine and gives its result. */
  private chore<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.chores.push(() => work().then(resolve, reject));
      this.runLane();
    });
  }

  private runLane(): void {
    if (this.laneRuns) return;
    this.laneRuns = true;
    void this.lane();
  }

  /** Does what there is to do, one thing after the other. Never rejects: each step reports its own failure. */
  private async lane(): Promise<void> {
    for (let step = this.nextStep(); step !== undefined; step = this.nextStep()) {
      await step();
      // What came meanwhile, a stop above all, is heard before the next step begins.
      await yieldToMessages();
    }
    this.laneRuns = false;
  }

  private nextStep(): (() => Promise<void>) | undefined {
    const chore = this.chores.shift();
    if (chore !== undefined) return chore;
    const { turn, engine } = this;
    if (turn === undefined || turn.spoken || engine.is === 'awaited') return undefined;
    const request = turn.take();
    if (request !== undefined) return () => this.say(turn, request, engine);
    return turn.finishing ? () => this.finish(turn) : undefined;
  }

  private async finish(turn: SpeechTurn): Promise<void> {
    if (turn.brokenOff !== undefined) this.player.endSentence(turn, turn.brokenOff);
    turn.brokenOff = undefined;
    await this.player.finishTurn(turn, () => LEAST_START_BUFFER_MS);
    if (!turn.finishing) return;
    turn.spoken = true;
    this.report(turn, { type: 'turn.spoken', turnId: turn.turnId, sentences: turn.said });
  }

  private async say(turn: SpeechTurn, request: SayRequest, engine: SettledEngine): Promise<void> {
    const { turnId, index } = request.sentence;
    const rtf = engine.is === 'loaded' ? engine.meter.measuredRtf : undefined;
    this.report(turn, { type: 'sentence.started', turnId, index, rtf });
    if (engine.is === 'loaded') this.notePressure(turn, engine.meter);
    const delivery = this.beginSentence(turn, index);
    try {
      if (engine.is === 'failed') throw new AppFailure(engine.error);
      const synthMs = await this.synthesize(turn, request, engine, delivery);
      if (delivery.signal.aborted) return;
      this.player.endSentence(turn, delivery);
      turn.said++;
      engine.epFailures?.noteSuccess();
      const audioMs = samplesToMs(delivery.samples);
      this.report(turn, { type: 'sentence.done', turnId, index, audioMs, synthMs });
    } catch (thrown) {
      if (delivery.signal.aborted) return;
      if (delivery.chunks > 0) turn.brokenOff = delivery;
      const error = toAppError(thrown, 'speech');
      if (engine.is === 'loaded' && engine === this.engine && engine.epFailures?.note(thrown) === true) {
        turn.putBack(request);
        this.tellPressed(turn, false);
        engine.onEpGivenUp(error);
        return;
      }
      turn.markFailed();
      this.report(turn, { type: 'sentence.failed', turnId, index, error });
    } finally {
      if (turn.queue.length === 0) this.tellPressed(turn, false);
    }
  }

  /** Tells whether the voice, which is at work, has little sound ready. `tally`: of the sentence in hand, once some of its sound is there. */
  private notePressure(turn: SpeechTurn, meter: SpeedMeter, tally?: SentenceTally): void {
    const runsMs = Math.max(PRESSED_BELOW_MS, PRESSED_BELOW_RUNS * meter.longestWaitMs);
    const restMs = tally === undefined ? Infinity : PRESSED_BELOW_RESTS * meter.restCostMs(tally);
    const belowMs =
      turn.queue.length > 0 ? PRESSED_BELOW_WAITING_MS : Math.min(runsMs, restMs, PRESSED_BELOW_WAITING_MS);
    // A voice that is slower than the ear never has much ready: only its first sound is worth waiting for.
    this.tellPressed(turn, !turn.hasSounded || (!meter.isSlowerThanEar && turn.readyMs < belowMs));
  }

  private tellPressed(turn: SpeechTurn, pressed: boolean): void {
    if (turn.pressed === pressed) return;
    turn.pressed = pressed;
    this.report(turn, { type: 'voice.pressed', turnId: turn.turnId, pressed });
  }

  /**
   * Where the sentence's stream goes on: at its beginning, or, when it broke off and is said again, behind the sound that
   * the player already has. A sentence that broke off and was given up gets its last chunk.
   */
  private beginSentence(turn: SpeechTurn, index: number): Delivery {
    const { brokenOff } = turn;
    turn.brokenOff = undefined;
    if (brokenOff?.index === index) return { ...brokenOff, signal: turn.sentenceSignal };
    if (brokenOff !== undefined) this.player.endSentence(turn, brokenOff);
    return { index, samples: 0, chunks: 0, signal: turn.sentenceSignal };
  }

  /** Has the engine say a sentence and sends the sound on. Returns the engine's own time, ms. */
  private async synthesize(
    turn: SpeechTurn,
    { sentence, voice, speed }: SayRequest,
    { engine, meter }: LoadedEngine,
    delivery: Delivery,
  ): Promise<number> {
    const { spoken, pronounced } = sentence;
    if (spoken.trim() === '') return 0;
    const tally = meter.begin(spoken.length, speed);
    const startBuffer = (): number => {
      const next = turn.queue.find(({ sentence }) => sentence.spoken.trim() !== '');
      const { pauseMs, crossfadeMs } = turn.settings;
      return firstStartBufferMs({
        meter,
        tally,
        next: next && { characters: next.sentence.spoken.length, speed: next.speed },
        isLast: next === undefined && turn.finishing,
        pauseMs: crossfadeMs > 0 ? 0 : pauseMs,
        expected: this.textPace.expected(turn.sinceFirstMs),
      });
    };
    // Before its first sound a turn has no credit: the engine need not wait for the player's answer.
    if (turn.opened) await this.player.accepting(turn, startBuffer, delivery.signal);

    const runMs = Math.max(LEAST_RUN_MS, meter.expectedMs(spoken.length, speed) * meter.rtf * PATIENCE);
    const request = { spoken, pronounced, voice, speed, rtf: meter.steadyRtf };
    const chunks = engine.synthesize(request, delivery.signal);
    // The player's start buffer covers a turn's first sentence. One that broke off is being heard already.
    const held = new HeldRuns(turn.hasSounded && delivery.samples === 0);
    const isEnough = (heldMs: number): boolean =>
      Math.max(0, turn.readyMs - CREDIT_STEP_MS) + heldMs >= restBufferMs(meter, tally);
    let alreadySent = delivery.samples;
    for await (const { pcm, synthMs, words } of timed(chunks, (runs) => this.onSilence(runs ? runMs : 0))) {
      tally.addRun(samplesToMs(pcm.length), synthMs, turn.undisturbed);
      // A run of the engine blocks the event loop: a stop may be waiting.
      await yieldToMessages();
      if (words && !delivery.signal.aborted)
        this.report(turn, { type: 'sentence.words', turnId: turn.turnId, index: sentence.index, words });
      const skipped = Math.min(alreadySent, pcm.length);
      alreadySent -= skipped;
      for (const run of held.take(pcm.subarray(skipped), isEnough))
        await this.player.deliver(turn, delivery, run, startBuffer);
      if (delivery.signal.aborted) break;
      this.notePressure(turn, meter, tally);
    }
    for (const run of held.rest()) await this.player.deliver(turn, delivery, run, startBuffer);
    tally.whole = !delivery.signal.aborted;
    return tally.synthMs;
  }
}

/** A sentence that takes about five seconds to say. */
const CHECK_SENTENCE =
  'The lighthouse stood on a grey rock, and every evening its lamp was lit for the ships that passed.';

async function timeOneSentence(
  engine: TtsEngine,
  voice: VoiceSource,
  signal: AbortSignal,
  onSilence: OnSilence,
): Promise<SentenceTally> {
  const tally = new SentenceTally(CHECK_SENTENCE.length, 1);
  const chunks = engine.synthesize({ spoken: CHECK_SENTENCE, voice, speed: 1 }, signal);
  for await (const { pcm, synthMs } of timed(chunks, (runs) => onSilence(runs ? LONGEST_CHECK_RUN_MS : 0))) {
    tally.addRun(samplesToMs(pcm.length), synthMs);
    await yieldToMessages();
    if (signal.aborted) break;
  }
  return tally;
}

function unheard(): void {
  // Without a hearer failures are not counted.
}

/** An engine's chunks, each with the time that the engine took for it, ms. `onRun` hears when the engine runs and when not. */
async function* timed(
  chunks: AsyncIterable<EngineChunk>,
  onRun: (runs: boolean) => void,
): AsyncGenerator<EngineChunk & { synthMs: number }> {
  let begun = performance.now();
  onRun(true);
  try {
    for await (const chunk of chunks) {
      onRun(false);
      yield { ...chunk, synthMs: performance.now() - begun };
      begun = performance.now();
      onRun(true);
    }
  } finally {
    onRun(false);
  }
}
