/**
 * Writes an answer's sound into a WAV file, in a process of its own: what is being spoken goes on undisturbed. The voice says
 * the same text with the same settings the same way, so the file is what was heard.
 */
import { utilityProcess } from 'electron';
import type { EpChoice } from '../common/engine.ts';
import { engineOf, type EngineId } from '../common/voice.ts';
import type { WavJob, WavReport } from '../common/ports/wav.ts';
import type { CudaSetup } from '../library/cuda/cuda-setup.ts';
import type { SpeechModelFolders } from './model-directory.ts';
import { endAtOnce } from './processes/end-at-once.ts';
import { appError, err, ok, type Result } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';

export interface WavExportOptions {
  /** Absolute path of the built process entry. */
  readonly entry: string;
  /** Absolute path of the built speech thread. */
  readonly speechThread: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the process needs for CUDA. Asked at each start. */
  readonly cuda: () => CudaSetup;
  /** Absolute path of the program's data tables. */
  readonly dataFolder: string;
  /** Absolute path of a folder for what can be made again. */
  readonly cacheFolder: string;
  readonly speechModel: (engine: EngineId) => Promise<Result<SpeechModelFolders>>;
  /** The execution provider that the person chose for an engine. */
  readonly ep: (engine: EngineId) => EpChoice;
}

/** What is to be written, and where. */
export type WavWish = Pick<WavJob, 'text' | 'voice' | 'speed' | 'pauseMs' | 'reading' | 'out'>;

export class WavExport {
  private readonly options: WavExportOptions;

  constructor(options: WavExportOptions) {
    this.options = options;
  }

  /** Writes the file. Its path, or why there is none; a file that was there is then as it was. */
  async write(wish: WavWish): Promise<Result<string>> {
    const { entry, speechThread, env, dataFolder, cacheFolder, speechModel } = this.options;
    const engine = engineOf(wish.voice);
    const model = await speechModel(engine);
    if (!model.ok) return model;
    const cuda = this.options.cuda();
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Aloud WAV',
      env: { ...env, ...cuda.env },
      stdio: 'inherit',
    });
    const job: WavJob = {
      ...wish,
      ...model.value,
      engine,
      ep: this.options.ep(engine),
      epObstacles: cuda.obstacles,
      dataFolder,
      cacheFolder,
      speechThread,
    };
    const report = await new Promise<WavReport>((resolve) => {
      child.once('spawn', () => child.postMessage(job));
      child.once('message', resolve);
      child.once('exit', () => resolve({ error: GONE }));
    });
    endAtOnce(child.pid);
    return report.error === undefined ? ok(wish.out) : err(report.error);
  }
}

const GONE = appError('process-gone', 'speech', FAILURES.wav.processStopped, {
  retryable: true,
});
