/**
 * The player as the window sees it: an AudioContext with the playback worklet, and what it reports.
 *
 * The sound itself goes from the speech process straight to the worklet; here pass only the hand-over of that port, the
 * stop, and figures. Times in events are on the window's clock (`performance.now()`, ms).
 */
import { SAMPLE_RATE } from '../../common/audio.ts';
import { appError, err, ok, unreachable, type AppError, type Result } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { STRINGS } from '../../common/strings/interface.ts';
import { recoverDevice } from './device-recovery.ts';
import { PositionTrack, type HeardPosition } from './position-track.ts';
import {
  PLAYER_PROCESSOR,
  type PlaybackProgress,
  type WorkletCommand,
  type WorkletReport,
} from './worklet-messages.ts';
// The bundler compiles the worklet into one script of its own and gives its address: the page's policy allows no other.
import workletUrl from './worklet.ts?worker&url';

/** How long a sound device may take to start, ms. A Bluetooth headset that wakes up takes well over a second. */
const DEVICE_START_MS = 4_000;

/**
 * Latency asked of the sound device, s. Chromium's shortest (some 10 ms) leaves no reserve when synthesis fills every core; this still
 * lets a stop be heard well within 200 ms. On Linux Chromium makes 140 to 160 ms of it before a sound is heard; half of it would save
 * 85 of them, but not every recording was whole (docs/performance.md, "The sound device").
 */
const DEVICE_LATENCY_S = 0.04;

/** How fast the volume follows, s: three of these and it is there. */
const VOLUME_TIME_CONSTANT_S = 0.01;

/** How long a clip takes to fade in, and out when it is stopped, s. */
const CLIP_FADE_S = 0.008;

/** How often the list of output devices is looked at, ms. */
const LOOK_FOR_DEVICES_MS = 3_000;

/** How often the audio clock is looked at while the device starts, ms. */
const DEVICE_POLL_MS = 20;

/** Fine enough for a picture of speech: 23 Hz a bin at 24,000 Hz, and the decibels in which a voice moves. */
const ANALYSER = {
  fftSize: 1024,
  smoothingTimeConstant: 0.6,
  minDecibels: -85,
  maxDecibels: -25,
} as const satisfies AnalyserOptions;

/** What the player tells the window. */
export type PlayerEvent =
  | PlaybackProgress
  /** The turn's first chunk reached the player at `atMs`. */
  | { readonly type: 'first-chunk'; readonly turnId: string; readonly atMs: number }
  /** The turn's first audible sample leaves the loudspeaker at `atMs`, the device's latency counted. */
  | { readonly type: 'first-sound'; readonly turnId: string; readonly atMs: number }
  /** All of the turn was played. */
  | { readonly type: 'drained'; readonly turnId: string }
  | Extract<WorkletReport, { type: 'held' | 'went' }>
  /** The chosen output device is gone; the system's default one plays on. */
  | { readonly type: 'output-lost' }
  /** Whether there is any output device now. Without one the player has paused. */
  | { readonly type: 'outputs'; readonly outputs: readonly OutputDevice[] }
  /** Sound cannot be played (any more); of one turn, or at all when `turnId` is undefined. */
  | { readonly type: 'failed'; readonly turnId: string | undefined; readonly error: AppError };

/** A sound output device. */
export interface OutputDevice {
  /** '' is the system's default. */
  readonly id: string;
  readonly label: string;
}

/** A short piece of mono sound. */
export interface Clip {
  readonly samples: Float32Array<ArrayBuffer>;
  readonly sampleRate: number;
}

/** What the window can do with the player. */
export interface Player {
  /** Wakes the sound device. An error when there is none or it does not start. Quick when it runs already. */
  wake(): Promise<Result<null>>;
  /** Hands the speech process's port on to the audio thread; a newer one replaces an older one. */
  attach(port: MessagePort): void;
  /** Silence within the ramp of the queue, and nothing more of that turn. */
  stop(turnId: string): void;
  /** Silence within the ramp of the queue, until {@link Player.resume}; nothing is lost. */
  pause(): void;
  resume(): void;
  /** The current sentence ends, nothing after it begins until it is said anew. Answered by `held`. */
  hold(turnId: string): void;
  /** Goes to a sentence at once. Answered by `went`. */
  goTo(turnId: string, sentenceIndex: number): void;
  /** Loudness, 0 to 1, as the ear counts it; a change takes some 30 ms. */
  setVolume(volume: number): void;
  /** Plays on another device; '' is the default. False when that device is not there. */
  useOutput(id: string): Promise<boolean>;
  /** Plays samples that belong to no turn. `ended` is called when they are over, also by the function returned, which stops them. */
  playClip(clip: Clip, ended: () => void): () => void;
  /** What is heard now, the device's latency counted; undefined when nothing is. */
  position(): HeardPosition | undefined;
  /** How long a sample takes from the worklet to the ear, ms. */
  latencyMs(): number;
  /** Calls back for each event; returns the function that ends it. */
  onEvent(handler: (event: PlayerEvent) => void): () => void;
  /** The sound being played, for the visualiser; undefined while there is no sound device. */
  analyser(): AnalyserNode | undefined;
}

/** The parts of the audio graph. */
interface Graph {
  readonly context: AudioContext;
  readonly node: AudioWorkletNode;
  readonly analyser: AnalyserNode;
  readonly gain: GainNode;
}

/** Builds the player; the worklet is loaded at once, so that the first prompt need not wait for it. */
export function createPlayer(): Player {
  const handlers = new Set<(event: PlayerEvent) => void>();
  const emit = (event: PlayerEvent): void => {
    for (const handler of handlers) handler(event);
  };
  let graph: Graph | undefined;
  let volume = 1;
  let wantedOutput = '';
  const track = new PositionTrack();
  const building: Promise<Result<Graph>> = buildGraph().then((built) => {
    if (!built.ok) return built;
    graph = built.value;
    const { context, node } = built.value;
    applyVolume(built.value, volume);
    node.port.onmessage = (message: MessageEvent<WorkletReport>) => {
      if (message.data.type === 'progress') track.add(message.data);
      emit(toEvent(message.data, context));
    };
    node.onprocessorerror = () => emit(failed(undefined, startError()));
    context.addEventListener('error', () => void recover(context));
    return built;
  });
  const command = (message: WorkletCommand): void => {
    if (graph !== undefined) send(graph, message);
  };
  /** The devices that the window was told of last. */
  let seen = '';
  /** Chromium plays into nothing when a device goes away, so the sound is held until it is known where it goes. */
  const lookAtDevices = async (): Promise<void> => {
    const outputs = await outputDevices();
    seen = JSON.stringify(outputs);
    if (outputs.length === 0) command({ type: 'pause' });
    else if (wantedOutput !== '' && !outputs.some(({ id }) => id === wantedOutput)) {
      wantedOutput = '';
      if (graph !== undefined) await setSink(graph.context, '');
      emit({ type: 'output-lost' });
    }
    emit({ type: 'outputs', outputs });
  };
  const lookForNews = async (): Promise<void> => {
    // A device that failed is looked after already.
    if (recovering === undefined && JSON.stringify(await outputDevices()) !== seen) await lookAtDevices();
  };
  /** While the device that failed is waited for: whether the sound came back. */
  let recovering: Promise<boolean> | undefined;
  const recover = async (context: AudioContext): Promise<void> => {
    // A device that is gone makes Chromium tell more than once.
    if (recovering !== undefined) return;
    recovering = recoverDevice({
      lookAtDevices,
      hasOutput: hasOutputDevice,
      restart: () => restartClock(context),
      wait,
    });
    const recovered = await recovering;
    recovering = undefined;
    if (!recovered) emit(failed(undefined, startError()));
  };
  navigator.mediaDevices.addEventListener('devicechange', () => void lookAtDevices());
  // Sinks that come and go with a sound server, a Bluetooth headset for one, are not always told.
  setInterval(() => void lookForNews(), LOOK_FOR_DEVICES_MS);
  void lookAtDevices();
  return {
    wake: async () => {
      const [built, present] = await Promise.all([building, hasOutputDevice()]);
      if (!present) return err(missingDevice());
      if (!built.ok) return built;
      if (recovering !== undefined && !(await recovering)) return err(startError());
      return (await startClock(built.value.context)) ? ok(null) : err(startError());
    },
    attach: (port) => {
      void building.then((built) => {
        if (built.ok) send(built.value, { type: 'port', port }, [port]);
        else port.close();
      });
    },
    stop: (turnId) => {
      track.clear();
      command({ type: 'stop', turnId });
    },
    pause: () => command({ type: 'pause' }),
    resume: () => command({ type: 'resume' }),
    hold: (turnId) => command({ type: 'hold', turnId }),
    goTo: (turnId, sentenceIndex) => command({ type: 'go', turnId, sentenceIndex }),
    setVolume: (wanted) => {
      volume = wanted;
      if (graph !== undefined) applyVolume(graph, volume);
    },
    useOutput: async (id) => {
      const built = await building;
      if (!built.ok || !(await setSink(built.value.context, id))) return false;
      wantedOutput = id;
      return true;
    },
    playClip: (clip, ended) => {
      if (graph === undefined) {
        ended();
        return () => undefined;
      }
      return playOnce(graph, clip, ended);
    },
    position: () => (graph === undefined ? undefined : track.at(heardTime(graph.context))),
    latencyMs: () => (graph === undefined ? 0 : graph.context.outputLatency * 1000),
    onEvent: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    analyser: () => graph?.analyser,
  };
}

async function buildGraph(): Promise<Result<Graph>> {
  try {
    const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: DEVICE_LATENCY_S });
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, PLAYER_PROCESSOR, {
      numberOfInputs: 0,
      outputChannelCount: [1],
    });
    const analyser = new AnalyserNode(context, ANALYSER);
    const gain = new GainNode(context);
    // The picture is of the voice, whatever the volume.
    node.connect(analyser).connect(gain).connect(context.destination);
    return ok({ context, node, analyser, gain });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return err(appError('internal', 'player', FAILURES.player.notBuilt(reason)));
  }
}

/** Plays samples once beside the worklet, faded in and out so that neither end clicks. */
function playOnce(
  { context, analyser }: Graph,
  { samples, sampleRate }: Clip,
  ended: () => void,
): () => void {
  const buffer = context.createBuffer(1, samples.length, sampleRate);
  buffer.copyToChannel(samples, 0);
  const source = new AudioBufferSourceNode(context, { buffer });
  const fade = new GainNode(context, { gain: 0 });
  const from = context.currentTime;
  fade.gain.setValueAtTime(0, from).linearRampToValueAtTime(1, from + CLIP_FADE_S);
  source.connect(fade).connect(analyser);
  source.onended = () => {
    fade.disconnect();
    ended();
  };
  source.start(from);
  return () => {
    const now = context.currentTime;
    fade.gain.cancelScheduledValues(now);
    fade.gain.setValueAtTime(fade.gain.value, now).linearRampToValueAtTime(0, now + CLIP_FADE_S);
    source.stop(now + CLIP_FADE_S);
  };
}

/**
 * Sets the gain without a click. The ear hears ratios: a gain of the square of the slider's place feels even.
 */
function applyVolume({ context, gain }: Graph, volume: number): void {
  gain.gain.setTargetAtTime(volume * volume, context.currentTime, VOLUME_TIME_CONSTANT_S);
}

/** `setSinkId` of AudioContext, which TypeScript's DOM library does not know. */
interface SinkContext {
  setSinkId(id: string): Promise<void>;
}

function hasSink(context: object): context is SinkContext {
  return 'setSinkId' in context;
}

async function setSink(context: AudioContext, id: string): Promise<boolean> {
  if (!hasSink(context)) return id === '';
  try {
    await context.setSinkId(id);
    return true;
  } catch {
    return false;
  }
}

/** The audio clock of the sample that leaves the loudspeaker now, seconds. */
function heardTime(context: AudioContext): number {
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
  if (contextTime === 0 || performanceTime === 0) return context.currentTime - context.outputLatency;
  return contextTime + (performance.now() - performanceTime) / 1000;
}

/** Output devices; the first is the system's default. Empty when there is none. */
async function outputDevices(): Promise<OutputDevice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const outputs = devices.filter((device) => device.kind === 'audiooutput');
  if (outputs.length === 0) return [];
  const named = outputs.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default');
  return [
    { id: '', label: STRINGS.player.defaultOutput },
    ...named.map(({ deviceId, label }) => ({ id: deviceId, label })),
  ];
}

/** Without a sound card Chromium plays into nothing and its clock still runs; only the list of devices tells. */
async function hasOutputDevice(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some((device) => device.kind === 'audiooutput');
}

/** Whether the context's clock moves before {@link DEVICE_START_MS} are over. */
async function startClock(context: AudioContext): Promise<boolean> {
  const before = context.currentTime;
  const deadline = performance.now() + DEVICE_START_MS;
  // A context that may not start leaves this promise open for good, so it is not waited for.
  context.resume().catch(() => undefined);
  while (performance.now() < deadline) {
    if (context.state === 'running' && context.currentTime > before) return true;
    await wait(DEVICE_POLL_MS);
  }
  return false;
}

/** As {@link startClock}, for a context whose device failed: it takes a device anew only after it was suspended. */
async function restartClock(context: AudioContext): Promise<boolean> {
  await Promise.race([context.suspend().catch(() => undefined), wait(DEVICE_START_MS)]);
  return startClock(context);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function send(graph: Graph, command: WorkletCommand, transfer: Transferable[] = []): void {
  graph.node.port.postMessage(command, transfer);
}

function toEvent(report: WorkletReport, context: AudioContext): PlayerEvent {
  switch (report.type) {
    case 'progress':
    case 'held':
    case 'went':
    case 'drained':
      return report;
    case 'first-chunk': {
      const ageMs = Math.max(0, Date.now() - report.epochMs);
      return { type: 'first-chunk', turnId: report.turnId, atMs: performance.now() - ageMs };
    }
    case 'first-sound':
      return { type: 'first-sound', turnId: report.turnId, atMs: audibleAt(report.contextTimeS, context) };
    case 'rate-unsupported':
      return failed(
        report.turnId,
        appError(
          'internal',
          'player',
          FAILURES.player.rateUnsupported(report.sampleRate, context.sampleRate),
        ),
      );
    default:
      return unreachable(report);
  }
}

/**
 * When a sample of the audio clock is heard, on the window's clock. `getOutputTimestamp` pairs the two clocks at the
 * loudspeaker; before the device has played anything it gives zeros, and then the reported latency is added to now.
 */
function audibleAt(contextTimeS: number, context: AudioContext): number {
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp();
  if (contextTime === 0 || performanceTime === 0) {
    return performance.now() + (contextTimeS - context.currentTime + context.outputLatency) * 1000;
  }
  return performanceTime + (contextTimeS - contextTime) * 1000;
}

function failed(turnId: string | undefined, error: AppError): PlayerEvent {
  return { type: 'failed', turnId, error };
}

function missingDevice(): AppError {
  return appError('audio-device-missing', 'player', FAILURES.player.noDevice, { retryable: true });
}

function startError(): AppError {
  return appError('audio-device-missing', 'player', FAILURES.player.deviceSilent, { retryable: true });
}
