/**
 * The speech process in a worker thread of the command line: `session.run()` blocks the thread that it runs on, and the
 * language model's stream must be read meanwhile.
 */
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { threadChannel, type Channel } from '../common/channel.ts';
import type { EngineFacts, EpChoice, EpObstacles } from '../common/engine.ts';
import type { PlayerCredit, PlayerInput } from '../common/ports/player.ts';
import type { SpeechControlReport } from '../common/ports/speech-control.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import { AppFailure, appError, errorLine, unreachable, type AppError } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { EngineId } from '../common/voice.ts';
import type { ThreadCommand } from '../speech/thread.ts';

export interface SpeechWorker {
  readonly facts: EngineFacts;
  /** From the load command to the engine's readiness, ms. */
  readonly loadMs: number;
  /** The assistant's end of the speech port. */
  readonly assistant: Channel<SpeechRequest, SpeechReport>;
  /** The player's end. */
  readonly player: Channel<PlayerCredit, PlayerInput>;
  /** Resolves with the reason when the thread ends unasked. */
  readonly gone: Promise<AppError>;
  /** Ends the thread; it may have ended already. */
  stop(): Promise<void>;
}

export interface SpeechWorkerOptions {
  /** Absolute path of the built `speech-thread.js`. */
  readonly entry: string;
  readonly engine: EngineId;
  /** Absolute path of the installed model's folder. */
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
  /** Runs the published model as it is, to be measured against. */
  readonly plain?: boolean;
}

/** A run and the freeing of an engine take less; a thread that hangs is ended the hard way after it, ms. */
const MOST_END_MS = 10_000;

/** Starts the thread and loads the engine. Throws what the engine's loading throws. */
export async function startSpeechWorker(options: SpeechWorkerOptions): Promise<SpeechWorker> {
  const worker = new Worker(options.entry);
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const send = (command: ThreadCommand, transfer: MessagePort[] = []): void =>
    worker.postMessage(command, transfer);
  const assistant = new MessageChannel();
  const player = new MessageChannel();
  send({ type: 'port', peer: 'assistant', port: assistant.port2 }, [assistant.port2]);
  send({ type: 'port', peer: 'player', port: player.port2 }, [player.port2]);
  const {
    engine,
    modelFolder,
    preparedFolder,
    dataFolder,
    cacheFolder,
    ep,
    epObstacles,
    plain = false,
  } = options;
  const folders = { modelFolder, preparedFolder, dataFolder, cacheFolder };
  send({ type: 'engine.load', engine, ...folders, ep, epObstacles, plain });
  try {
    const { facts, loadMs } = await engineReady(worker);
    return {
      facts,
      loadMs,
      assistant: threadChannel<SpeechRequest, SpeechReport>(assistant.port1),
      player: threadChannel<PlayerCredit, PlayerInput>(player.port1),
      gone: threadGone(worker),
      stop: async () => {
        send({ type: 'end' });
        const timer = setTimeout(() => void worker.terminate(), MOST_END_MS);
        await ended;
        clearTimeout(timer);
      },
    };
  } catch (thrown) {
    await worker.terminate();
    throw thrown;
  }
}

function threadGone(worker: Worker): Promise<AppError> {
  return new Promise((resolve) => {
    worker.once('error', (error) => {
      resolve(appError('process-gone', 'speech', FAILURES.voice.stoppedBecause(error.message)));
    });
    worker.once('exit', () => {
      resolve(appError('process-gone', 'speech', FAILURES.voice.stopped));
    });
  });
}

function engineReady(worker: Worker): Promise<{ readonly facts: EngineFacts; readonly loadMs: number }> {
  let told = '';
  return new Promise((resolve, reject) => {
    worker.on('message', (report: SpeechControlReport) => {
      switch (report.type) {
        case 'ready':
          return;
        case 'engine.progress':
          if (report.doing !== told) process.stderr.write(`${report.doing} …\n`);
          told = report.doing;
          return;
        case 'engine.ready':
          resolve(report);
          return;
        case 'ep.given-up':
          process.stderr.write(`${errorLine(report.error)}\n`);
          return;
        case 'engine.failed':
        case 'voice.failed':
          reject(new AppFailure(report.error));
          return;
        case 'speed.measured':
          return;
        default:
          unreachable(report);
      }
    });
    worker.once('error', (error) => {
      reject(
        new AppFailure(appError('process-gone', 'speech', FAILURES.voice.stoppedBecause(error.message))),
      );
    });
    worker.once('exit', () => {
      reject(new AppFailure(appError('process-gone', 'speech', FAILURES.voice.stopped)));
    });
  });
}
