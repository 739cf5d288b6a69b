/**
 * One turn without a window: the assistant's service in this thread, speech in another, and a WAV file in place of the
 * player. Used by `aloud say` (the text itself is spoken) and `aloud ask` (a language model's answer is).
 */
import { randomUUID } from 'node:crypto';
import { AssistantService } from '../assistant/assistant-service.ts';
import { channelPair } from '../common/channel.ts';
import type { LlmReport, LlmRequest } from '../common/ports/llm.ts';
import type { TurnEvent } from '../common/ports/turn.ts';
import { slowness, type EngineFacts, type EpChoice, type EpObstacles } from '../common/engine.ts';
import type { ProviderConfig } from '../common/provider.ts';
import { AppFailure, appError, errorLine, unreachable, type AppError } from '../common/result.ts';
import type { PcmChunk, TurnOutcome } from '../common/sentence.ts';
import type { Reading } from '../common/reading.ts';
import { DEFAULT_SETTINGS } from '../common/settings.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { EngineId, VoiceSource } from '../common/voice.ts';
import { createGenerator } from '../llm/generator.ts';
import { serveLlm } from '../llm/service.ts';
import { createWavWriter } from '../speech/wav.ts';
import { printJson } from './command.ts';
import { ownEntries } from './own-dictionary.ts';
import { startSpeechWorker } from './speech-worker.ts';
import { WavPlayer } from './wav-player.ts';

export interface SpokenTurnOptions {
  readonly prompt: string;
  readonly provider: ProviderConfig;
  readonly systemPrompt: string;
  readonly voice: VoiceSource;
  /** 0.5 to 2. */
  readonly speed: number;
  readonly engine: EngineId;
  /** Absolute path of the engine's installed model folder. */
  readonly modelFolder: string;
  /** Absolute path of the folder for what the engine makes from the model once. */
  readonly preparedFolder: string;
  /** Absolute path of the program's data tables. */
  readonly dataFolder: string;
  /** Absolute path of a folder for what can be made again. */
  readonly cacheFolder: string;
  /** The execution provider that was asked for; undefined: the engine's own choice. */
  readonly ep: EpChoice | undefined;
  /** Providers that cannot be used, and why. */
  readonly epObstacles: EpObstacles;
  /** Absolute path of the built speech thread. */
  readonly speechThread: string;
  /** Silence between sentences, ms; left out, the default. */
  readonly pauseMs?: number;
  /** What is said of code, tables and the like; left out, the default. */
  readonly reading?: Reading;
  /** The WAV file to write. */
  readonly out: string;
  /** One event a line on stdout. */
  readonly json: boolean;
  /** Called with each piece of the answer's text, unless `json`. */
  readonly onText: (text: string) => void;
}

/** What became of the turn. */
export interface SpokenTurnResult {
  readonly audioMs: number;
}

/** Speaks the turn into the file. Throws `AppFailure` when it failed or remained incomplete; what there is stays. */
export async function speakTurn(options: SpokenTurnOptions): Promise<SpokenTurnResult> {
  const speech = await startSpeechWorker({ ...options, entry: options.speechThread });
  tellSlowness(speech.facts);
  if (options.ep !== undefined && !options.json) tellTrials(speech.facts);
  const writer = await createWavWriter(options.out, speech.facts.sampleRate);
  const turnId = randomUUID();
  const startedAt = performance.now();
  const report = new TurnReport(options.json, startedAt);
  const player = new WavPlayer(speech.player, writer, (chunk) => report.chunk(chunk));
  const [windowEnd, events] = channelPair<TurnEvent, never>();
  const assistant = new AssistantService({
    report: ({ type }) => {
      if (type === 'llm.wanted') assistant.connectLlm(builtInModel());
    },
  });
  assistant.connectWindow(windowEnd);
  assistant.connectSpeech(speech.assistant);
  void speech.gone.then((error) => assistant.handle({ type: 'speech.gone', error }));
  const interrupt = (): void => assistant.handle({ type: 'turn.stop', turnId, heard: undefined });
  process.once('SIGINT', interrupt);
  try {
    const ended = new Promise<TurnEnd>((resolve) => {
      events.onMessage((event) => {
        report.event(event);
        if (event.type === 'turn.delta' && !options.json) options.onText(event.text);
        if (event.type === 'turn.end') resolve(event);
      });
    });
    const { prompt, provider, systemPrompt, voice, speed, pauseMs = DEFAULT_SETTINGS.pauseMs } = options;
    const { reading = DEFAULT_SETTINGS.reading } = options;
    const { crossfadeMs } = DEFAULT_SETTINGS;
    assistant.handle({ type: 'dictionary', entries: await ownEntries() });
    assistant.handle({
      type: 'turn.start',
      turn: { turnId, prompt, provider, systemPrompt, voice, speed, pauseMs, crossfadeMs, reading },
    });
    // A disk that fills up ends the turn too: nobody would take its sound.
    const { outcome, error } = await Promise.race([ended, player.failed]);
    if (outcome === 'complete' || outcome === 'incomplete') {
      await Promise.race([player.finished, player.failed]);
      await writer.close();
    } else {
      await writer.discard();
    }
    report.done(speech.facts, speech.loadMs, player.audioMs);
    const problem = error ?? report.skipped ?? stopError(outcome);
    if (problem) throw new AppFailure(problem);
    return { audioMs: player.audioMs };
  } catch (thrown) {
    if (thrown instanceof AppFailure) report.error(thrown.error);
    throw thrown;
  } finally {
    process.off('SIGINT', interrupt);
    await speech.stop();
  }
}

/** Says on stderr when the engine cannot keep up on this machine. A file may take as long as it takes. */
function tellSlowness(facts: EngineFacts): void {
  const slow = slowness(facts);
  if (slow !== undefined) process.stderr.write(`${slow.message}\n`);
}

/** Says on stderr what was found when the execution provider was chosen, to a person who asked about it. */
function tellTrials({ epReport = [] }: EngineFacts): void {
  if (epReport.length > 0) process.stderr.write(`${epReport.join('\n')}\n`);
}

type TurnEnd = Extract<TurnEvent, { type: 'turn.end' }>;

function builtInModel(): ReturnType<typeof channelPair<LlmRequest, LlmReport>>[0] {
  const [here, there] = channelPair<LlmRequest, LlmReport>();
  serveLlm(there, createGenerator());
  return here;
}

function stopError(outcome: TurnOutcome): AppError | undefined {
  switch (outcome) {
    case 'complete':
    case 'incomplete':
      return undefined;
    case 'stopped':
      return appError('cancelled', 'system', FAILURES.turn.stopped);
    case 'failed':
      return appError('internal', 'system', FAILURES.turn.failed);
    default:
      return unreachable(outcome);
  }
}

/** Counts what the figures need and, with `--json`, prints the events. Times count from the text being given. */
class TurnReport {
  private readonly json: boolean;
  private readonly startedAt: number;
  private firstChunkMs: number | undefined;
  private sentences = 0;
  private synthMs = 0;
  /** Why a sentence was left out; undefined when none was. */
  skipped: AppError | undefined;

  constructor(json: boolean, startedAt: number) {
    this.json = json;
    this.startedAt = startedAt;
  }

  event(event: TurnEvent): void {
    switch (event.type) {
      case 'turn.sentence': {
        const { index, text, spoken } = event.sentence;
        this.sentences++;
        this.print({ event: 'sentence', index, text, spoken, atMs: this.nowMs() });
        return;
      }
      case 'sentence.started':
      case 'sentence.words':
        return;
      case 'sentence.done':
        this.synthMs += event.synthMs;
        return;
      case 'sentence.skipped':
        this.skipped = event.error;
        return;
      case 'turn.notice':
        process.stderr.write(`${event.message}\n`);
        return;
      case 'turn.started':
      case 'turn.delta':
      case 'turn.text-end':
      case 'turn.end':
        return;
      default:
        unreachable(event);
    }
  }

  chunk({ sentenceIndex, chunkIndex, pcm }: PcmChunk): void {
    this.firstChunkMs ??= this.nowMs();
    this.print({
      event: 'chunk',
      sentence: sentenceIndex,
      chunk: chunkIndex,
      samples: pcm.length,
      atMs: this.nowMs(),
    });
  }

  error(error: AppError): void {
    const { code, stage } = error;
    this.print({ event: 'error', code, stage, message: errorLine(error) });
  }

  done(facts: { readonly id: string; readonly ep: string }, loadMs: number, audioMs: number): void {
    const { sentences, firstChunkMs = null, synthMs } = this;
    const rtf = audioMs > 0 ? round(synthMs / audioMs, 3) : null;
    this.print({
      event: 'done',
      sentences,
      audioMs: round(audioMs),
      firstChunkMs,
      synthMs: round(synthMs),
      rtf,
      engine: facts.id,
      ep: facts.ep,
      loadMs: round(loadMs),
    });
  }

  private nowMs(): number {
    return round(performance.now() - this.startedAt);
  }

  private print(event: Readonly<Record<string, unknown>>): void {
    if (this.json) printJson(event);
  }
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
