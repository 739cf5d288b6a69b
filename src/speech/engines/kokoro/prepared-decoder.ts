/**
 * Kokoro as this program prepares it: the front runs once for an utterance, then the generator on windows of it with
 * predicted instance-norm statistics, so that the first sound is there long before the last. An utterance that the
 * prediction does not hold for (very short, or of a voice that it was not trained on and has not learnt yet) is decoded in one run.
 */
import { availableParallelism } from 'node:os';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { EpName } from '../../../common/engine.ts';
import { fail } from '../../../common/result.ts';
import { FAILURES } from '../../../common/strings/failures.ts';
import { STYLE_WIDTH } from '../../../common/style-table.ts';
import { yieldToMessages } from '../../event-loop.ts';
import { leftOutBeforeMs } from '../../trim.ts';
import type { DecodedRun, KokoroDecoder, KokoroUtterance, UtteranceTiming } from './decoder.ts';
import {
  INSTANCE_NORMS,
  SAMPLES_PER_FRAME,
  STATS_WIDTH,
  X_STEPS_PER_FRAME,
} from './prepare/generator-layout.ts';
import { ALL_STEPS } from './prepare/generator-graph.ts';
import type { EdgeLevels } from './edge-levels.ts';
import { FrontWindows } from './front-windows.ts';
import { Seam } from './seam.ts';
import { openGeneratorOn, openSession } from './session.ts';
import { codedOf, featuresOf, type FrontTensor, type StatisticsPredictor } from './statistics-predictor.ts';
import { spokenSpan } from './utterance-span.ts';
import type { VoiceStatisticsStore } from './voice-statistics-store.ts';
import { wholeSpans, windowSpans, workFrames, type WindowSpans } from './window-context.ts';
import { beginningWindow, FRAME_MS, nextWindow, type Window } from './window-plan.ts';

/** Shorter utterances are decoded whole: the predicted statistics are too far off (measured: build/kokoro/README.md). */
const LEAST_WINDOWED_FRAMES = 50;

/**
 * Memory is taken at once for utterances of so many tokens: ONNX Runtime keeps what its longest run took. Those of more than 300 are cut
 * at a pause where they have one (`split-phonemes.ts`). Loading takes 0.15 s longer for it (docs/performance.md, "Memory").
 */
const RESERVED_TOKENS = 250;

/** A token sounds about so many frames before its share of the frames begins (measured at onsets: 2 to 5). */
const EARLY_FRAMES = 3;

/** Share of the newest run in the running mean of a frame's cost. */
const NEWEST_SHARE = 0.3;

export interface PreparedDecoderOptions {
  /** Absolute paths of the graphs. */
  readonly front: string;
  readonly generator: string;
  readonly predictor: StatisticsPredictor;
  readonly edgeLevels: EdgeLevels;
  /** Takes what utterances of voices tell that the predictor was not trained on; left out, they are always decoded whole. */
  readonly voices?: VoiceStatisticsStore;
  readonly threads: number;
  /** Where the generator runs, which is then the float one; left out, on the processor. The front always does. */
  readonly ep?: EpName;
}

/** What the front gives for one utterance. */
interface Front {
  readonly x: FrontTensor;
  readonly har: FrontTensor;
  /** Windows of both. */
  readonly windows: FrontWindows;
  readonly gb: Tensor;
  /** Frames of each token, pads included. */
  readonly durations: Int32Array;
  readonly frames: number;
}

/** The statistics that the norms use. */
interface Statistics {
  readonly stats: Tensor;
  /** 0 for each norm: those of what is decoded; 1: `stats`. */
  readonly mix: Tensor;
  /** How many steps are measured. */
  readonly measured: Tensor;
  /** Whether they are `stats`. */
  readonly areGiven: boolean;
}

/** Opens both graphs. Throws `AppFailure`: `model-missing`, `model-damaged`, `ep-unusable`. */
export async function openPreparedDecoder(options: PreparedDecoderOptions): Promise<PreparedDecoder> {
  const front = await openSession(options.front, options.threads);
  try {
    const { ep = 'cpu', threads } = options;
    const generator = await (ep === 'cpu'
      ? openSession(options.generator, threads)
      : openGeneratorOn(ep, options.generator, threads));
    const { predictor, edgeLevels, voices } = options;
    const onAllCores = ep === 'cpu' && takesAllCores(threads);
    return new PreparedDecoder({ front, generator, predictor, edgeLevels, voices, onAllCores });
  } catch (thrown) {
    await front.release();
    throw thrown;
  }
}

/** Whether runs of so many threads wait for any other work on the machine. A single thread finds another core, if there is one. */
function takesAllCores(threads: number): boolean {
  return threads > 1 && threads >= availableParallelism();
}

/** What a decoder is made of. */
interface PreparedDecoderParts {
  readonly front: InferenceSession;
  readonly generator: InferenceSession;
  readonly predictor: StatisticsPredictor;
  readonly edgeLevels: EdgeLevels;
  readonly voices: VoiceStatisticsStore | undefined;
  /** Whether a run of the generator has as many threads as there are cores. */
  readonly onAllCores: boolean;
}

export class PreparedDecoder implements KokoroDecoder {
  private readonly front: InferenceSession;
  private readonly generator: InferenceSession;
  private readonly predictor: StatisticsPredictor;
  private readonly edgeLevels: EdgeLevels;
  private readonly voices: VoiceStatisticsStore | undefined;
  private readonly onAllCores: boolean;
  /** What the generator takes for a frame's work, ms; a running mean. */
  private frameCostMs = 5;

  constructor({ front, generator, predictor, edgeLevels, voices, onAllCores }: PreparedDecoderParts) {
    this.front = front;
    this.generator = generator;
    this.predictor = predictor;
    this.edgeLevels = edgeLevels;
    this.voices = voices;
    this.onAllCores = onAllCores;
  }

  async prepareStyle(styleSha256: string): Promise<void> {
    if (!this.predictor.trainedStyles.has(styleSha256)) await this.voices?.prepare(styleSha256);
  }

  decodesInRuns(styleSha256: string): boolean {
    return this.predictionFor(styleSha256) !== undefined;
  }

  async reserve(utterance: KokoroUtterance): Promise<void> {
    const times = Math.ceil(RESERVED_TOKENS / utterance.tokens.length);
    const tokens = Array.from({ length: times }, () => utterance.tokens).flat();
    const front = await this.runFront({ ...utterance, tokens });
    front.windows.release();
  }

  async *decode(utterance: KokoroUtterance, signal: AbortSignal): AsyncGenerator<DecodedRun> {
    if (await isStopped(signal)) return;
    const front = await this.runFront(utterance);
    try {
      yield* this.decodeFront(front, utterance, signal);
    } finally {
      front.windows.release();
    }
  }

  async dispose(): Promise<void> {
    await Promise.all([this.front.release(), this.generator.release(), this.voices?.settled()]);
  }

  /** What predicts the statistics of a voice; undefined as long as nothing does. */
  private predictionFor(styleSha256: string): Pick<StatisticsPredictor, 'predict'> | undefined {
    if (this.predictor.trainedStyles.has(styleSha256)) return this.predictor;
    const learnt = this.voices?.get(styleSha256);
    return learnt?.isKnown === true ? learnt : undefined;
  }

  /** Learns from an utterance that was decoded whole what `stats` its norms used. */
  private learn({ x, har }: Front, { style, styleSha256 }: KokoroUtterance, stats: Float32Array): void {
    this.voices?.learn(styleSha256, () => ({ features: featuresOf(x, har, style), coded: codedOf(stats) }));
  }

  private async *decodeFront(
    front: Front,
    utterance: KokoroUtterance,
    signal: AbortSignal,
  ): AsyncGenerator<DecodedRun> {
    if (await isStopped(signal)) return;
    const prediction = this.predictionFor(utterance.styleSha256);
    const isShort = front.frames < LEAST_WINDOWED_FRAMES;
    if (!isShort && prediction !== undefined) {
      yield* this.decodeInWindows(front, utterance, prediction, signal);
      return;
    }
    const statistics = statisticsOf(new Float32Array(STATS_WIDTH), 0);
    const { samples, stats } = await this.generate(front, statistics, wholeSpans(front.frames));
    yield { samples, timing: timingOf(front.durations, 0) };
    // After the sound: it is not to wait for this. A generator on another provider tells nothing to learn from.
    if (!isShort && stats !== undefined) this.learn(front, utterance, stats);
  }

  private async *decodeInWindows(
    front: Front,
    { style }: KokoroUtterance,
    prediction: Pick<StatisticsPredictor, 'predict'>,
    signal: AbortSignal,
  ): AsyncGenerator<DecodedRun> {
    const features = featuresOf(front.x, front.har, style);
    const statistics = statisticsOf(prediction.predict(features), 1);
    const seam = new Seam();
    const span = spokenSpan(front, this.edgeLevels);
    let window = beginningWindow(span.begin, span.end, this.frameCostMs);
    // Sound made less time spent since the first sound: what lies ready at a listener who began at once.
    let leadMs = 0;
    for (;;) {
      const started = performance.now();
      const samples = await this.decodeWindow(front, statistics, span, window, seam);
      const isFirst = window.begin === span.begin;
      leadMs += (window.end - window.begin) * FRAME_MS;
      // The silence before the first sound is not played: it buys no time.
      leadMs -= isFirst ? leftOutBeforeMs(samples) : performance.now() - started;
      yield isFirst ? { samples, timing: timingOf(front.durations, span.begin) } : { samples };
      if (window.end >= span.end) return;
      if (await isStopped(signal)) return;
      const progress = { begin: window.end, end: span.end, leadMs };
      window = nextWindow(progress, this.frameCostMs, this.onAllCores);
    }
  }

  /** A window's own samples. */
  private async decodeWindow(
    front: Front,
    statistics: Statistics,
    span: Window,
    window: Window,
    seam: Seam,
  ): Promise<Float32Array> {
    const spans = windowSpans(window, span, front.frames);
    const { samples: sound } = await this.generate(front, statistics, spans);
    const before = (window.begin - spans.secondStage.begin) * SAMPLES_PER_FRAME;
    return seam.join(sound.subarray(before), (window.end - window.begin) * SAMPLES_PER_FRAME);
  }

  private async runFront({ tokens, style, speed }: KokoroUtterance): Promise<Front> {
    const padded = BigInt64Array.from([0, ...tokens, 0], BigInt);
    const { x, har, gb, durations } = await runOrFail(this.front, {
      tokens: new Tensor('int64', padded, [1, padded.length]),
      style: new Tensor('float32', style, [1, STYLE_WIDTH]),
      speed: new Tensor('float32', Float32Array.of(speed), [1]),
    });
    if (!x || !har || !gb || !(durations?.data instanceof Int32Array)) return noUsableSound();
    const outputs = { x: frontTensor(x), har: frontTensor(har) };
    return {
      ...outputs,
      windows: new FrontWindows(outputs),
      gb,
      durations: durations.data,
      frames: outputs.x.steps / X_STEPS_PER_FRAME,
    };
  }

  /** Sound of the frames that the second stage sees, and the statistics that the norms measured, where they did and the graph tells them. */
  private async generate(
    { windows, gb }: Front,
    { stats, mix, measured, areGiven }: Statistics,
    spans: WindowSpans,
  ): Promise<{ samples: Float32Array; stats: Float32Array | undefined }> {
    const started = performance.now();
    const { begin } = spans.window;
    const inner = [spans.firstStage, spans.secondStage].flatMap((span) => [
      span.begin - begin,
      span.end - begin,
    ]);
    const feeds = {
      ...windows.cut(spans.window),
      gb,
      stats,
      mix,
      measured,
      spans: new Tensor('int64', BigInt64Array.from(inner, BigInt), [inner.length]),
    };
    const wanted = areGiven ? ['audio'] : this.generator.outputNames;
    const { audio, stats_out: used } = await runOrFail(this.generator, feeds, wanted);
    const cost = (performance.now() - started) / workFrames(spans);
    this.frameCostMs += NEWEST_SHARE * (cost - this.frameCostMs);
    const samples = audio?.data;
    if (!(samples instanceof Float32Array) || !samples.every(Number.isFinite)) return noUsableSound();
    return { samples, stats: used?.data instanceof Float32Array ? used.data : undefined };
  }
}

/** A run blocks the event loop: a stop that has arrived must be seen before the next one begins. */
async function isStopped(signal: AbortSignal): Promise<boolean> {
  await yieldToMessages();
  return signal.aborted;
}

async function runOrFail(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  outputs: readonly string[] = session.outputNames,
): Promise<InferenceSession.ReturnType> {
  try {
    return await session.run(feeds, outputs);
  } catch (cause) {
    return fail('synthesis-failed', 'speech', FAILURES.voiceModel.failed, { cause });
  }
}

function noUsableSound(): never {
  return fail('synthesis-failed', 'speech', FAILURES.voiceModel.noSound);
}

function statisticsOf(stats: Float32Array, mix: 0 | 1): Statistics {
  const shares = new Float32Array(INSTANCE_NORMS.length).fill(mix);
  return {
    stats: new Tensor('float32', stats, [STATS_WIDTH]),
    mix: new Tensor('float32', shares, [shares.length]),
    measured: new Tensor('int64', BigInt64Array.of(BigInt(mix === 1 ? 1 : ALL_STEPS)), [1]),
    areGiven: mix === 1,
  };
}

function timingOf(durations: Int32Array, firstFrame: number): UtteranceTiming {
  const tokenStartMs: number[] = [];
  // The pad before the first token takes its time too.
  let frame = (durations[0] ?? 0) - firstFrame - EARLY_FRAMES;
  for (const own of durations.subarray(1, -1)) {
    tokenStartMs.push(frame * FRAME_MS);
    frame += own;
  }
  return { tokenStartMs };
}

function frontTensor({ data, dims }: Tensor): FrontTensor {
  if (!(data instanceof Float32Array)) return noUsableSound();
  return { data, steps: dims[2] ?? 0 };
}
