/**
 * A PulseAudio daemon of the test's own with one null sink, and a recorder of what is played into it. The sink's monitor
 * gives back the very samples that a sound card would have got.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Samples a second of recordings; the sink itself runs at 48,000 Hz, as sound cards do. */
export const RECORDING_RATE = 24_000;

/** What a sound takes at most from the sink to the recorder, ms; far less unless the machine is full. */
const ON_THE_WAY_MS = 700;

const SINK = 'aloud_test';
const OTHER_SINK = 'aloud_other';

export class SoundCard {
  private readonly daemon: ChildProcess;
  private readonly folder: string;
  /** Number of the other sink's module. */
  private otherModule = '';

  private constructor(daemon: ChildProcess, folder: string) {
    this.daemon = daemon;
    this.folder = folder;
  }

  /** Starts the daemon and waits until it takes connections. Its socket lies in `given`, else in a folder of its own. */
  static async open(given?: string): Promise<SoundCard> {
    const folder = given ?? (await mkdtemp(join(tmpdir(), 'aloud-pulse-')));
    const daemon = spawn(
      'pulseaudio',
      [
        ['-n', '--daemonize=no', '--exit-idle-time=-1', '--disallow-exit'],
        ['-L', 'module-native-protocol-unix auth-anonymous=1'],
        ['-L', `module-null-sink sink_name=${SINK} rate=48000`],
      ].flat(),
      { env: { ...process.env, ...environmentOf(folder) }, stdio: 'ignore' },
    );
    const socket = join(folder, 'pulse', 'native');
    for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 50) {
      const open = await access(socket).then(
        () => true,
        () => false,
      );
      if (open) return new SoundCard(daemon, folder);
      if (daemon.exitCode !== null) break;
      await sleep(50);
    }
    daemon.kill('SIGKILL');
    throw new Error('PulseAudio did not start; is the package pulseaudio installed?');
  }

  /** Name of the sink that is recorded. */
  get sink(): string {
    return SINK;
  }

  /** Environment variables with which a program plays into this card. */
  get environment(): Record<string, string> {
    return environmentOf(this.folder);
  }

  /** Takes the sink away, as when a headset is pulled out. */
  async unplug(): Promise<void> {
    await this.control('unload-module', 'module-null-sink');
  }

  /** Brings the sink back. */
  async plugIn(): Promise<void> {
    await this.control('load-module', 'module-null-sink', `sink_name=${SINK}`, 'rate=48000');
  }

  /** Plugs another sink in, or takes it away. */
  async plugInOther(): Promise<void> {
    const words = [`sink_name=${OTHER_SINK}`, 'rate=48000', 'sink_properties=device.description=Headset'];
    this.otherModule = (await this.control('load-module', 'module-null-sink', ...words)).trim();
  }

  async unplugOther(): Promise<void> {
    await this.control('unload-module', this.otherModule);
  }

  private async control(...words: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('pactl', words, {
      env: { ...process.env, ...this.environment },
    });
    return stdout;
  }

  /** Starts a recording of everything that is played from now on; of the other sink where that is asked for. */
  async record(of: 'card' | 'other' = 'card'): Promise<Recording> {
    const recorder = spawn(
      'parec',
      [
        [
          '-d',
          `${of === 'card' ? SINK : OTHER_SINK}.monitor`,
          '--raw',
          '--format=s16le',
          `--rate=${RECORDING_RATE}`,
        ],
        // A short latency makes the recorder itself drop samples on a busy machine.
        ['--channels=1', '--latency-msec=50'],
      ].flat(),
      { env: { ...process.env, ...this.environment }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const recording = new Recording(recorder);
    await recording.started;
    return recording;
  }

  /** Ends the daemon. */
  async close(): Promise<void> {
    if (this.daemon.exitCode === null) {
      const gone = once(this.daemon, 'exit');
      this.daemon.kill('SIGTERM');
      await Promise.race([gone, sleep(2_000).then(() => this.daemon.kill('SIGKILL'))]);
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A recording under way. Its samples are tied to the wall clock by the time at which they arrived. */
export class Recording {
  /** Resolves with the first samples. */
  readonly started: Promise<void>;
  private readonly recorder: ChildProcess;
  private readonly parts: Buffer[] = [];
  private bytes = 0;
  /** The earliest wall-clock time, ms, that any part's arrival allows for the first sample. */
  private firstSampleAtMs = Number.POSITIVE_INFINITY;

  constructor(recorder: ChildProcess) {
    this.recorder = recorder;
    const { stdout } = recorder;
    if (!stdout) throw new Error('The recorder has no output.');
    this.started = once(stdout, 'data').then(() => undefined);
    stdout.on('data', (part: Buffer) => {
      this.parts.push(part);
      this.bytes += part.length;
      const lengthMs = (this.bytes / 2 / RECORDING_RATE) * 1000;
      this.firstSampleAtMs = Math.min(this.firstSampleAtMs, Date.now() - lengthMs);
    });
  }

  /** The samples so far. */
  samples(): Int16Array {
    const bytes = Buffer.concat(this.parts);
    const samples = new Int16Array(bytes.length >> 1);
    for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(i * 2);
    return samples;
  }

  /** Position in the recording, in samples, of what was played at a wall-clock time (`Date.now()`, ms). */
  sampleAt(wallClockMs: number): number {
    return Math.round(((wallClockMs - this.firstSampleAtMs) / 1000) * RECORDING_RATE);
  }

  /** Wall-clock time, ms, at which a sample of the recording was played. */
  timeOf(sample: number): number {
    return this.firstSampleAtMs + (sample / RECORDING_RATE) * 1000;
  }

  /** Ends the recording and gives all of it, what is on its way to the recorder included. */
  async stop(): Promise<Int16Array> {
    await sleep(ON_THE_WAY_MS);
    const gone = once(this.recorder, 'exit');
    this.recorder.kill('SIGTERM');
    await gone;
    return this.samples();
  }
}

function environmentOf(folder: string): Record<string, string> {
  // An empty HOME's cookie and config: nothing of the person's own sound set-up plays a part.
  return {
    XDG_RUNTIME_DIR: folder,
    PULSE_SERVER: `unix:${join(folder, 'pulse', 'native')}`,
    PULSE_SINK: SINK,
  };
}
