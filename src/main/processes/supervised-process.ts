/**
 * One utility process and its life: started, running, gone, started again. The assistant, speech and the built-in model
 * differ only in their configuration.
 *
 * A process that hangs is ended: each says how long it may be silent at most (`ports/alive.ts`), so a run of a model that
 * blocks is not taken for a hang. One that may rest is ended after being idle for long: that alone frees all of its memory
 * (sessions that are released in a process that lives on leave four fifths of it taken). A process that ends unasked is started again after 0.5, 2 and 8 s; more than three such ends within five minutes and it
 * stays down until {@link SupervisedProcess.start} is called again (the figures are those of vscode's extension host).
 */
import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { setPriority } from 'node:os';
import type { Alive } from '../../common/ports/alive.ts';
import type { AppError } from '../../common/result.ts';
import { appError } from '../../common/result.ts';
import { PHRASES } from '../../common/strings/phrases.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { endAtOnce } from './end-at-once.ts';
import { endReasons } from './end-reasons.ts';
import { RestWatch } from './rest-watch.ts';
import { RestartPolicy } from './restart-policy.ts';
import { SilenceWatch } from './silence-watch.ts';

/** What tells one supervised process from another. */
export interface ProcessConfig {
  /** Name in messages and in the system's process list, for example 'speech'. */
  readonly name: string;
  /** What the person loses while it is down, as the subject of a sentence, for example 'The voice'. */
  readonly subject: string;
  /** Absolute path of the process's built entry file. */
  readonly entry: string;
  /** Environment of the process. Asked at each start. */
  readonly env: () => Readonly<Record<string, string>>;
  /** Whether an unasked end starts it again by itself. */
  readonly restarts: boolean;
  /**
   * Nice value, 0 to 19. A process that can fill every core stands back behind the window and the audio thread, whose late
   * wake-ups are heard as holes.
   */
  readonly nice: number;
  /** After how long without work it rests, ms; undefined: never. Asked again and again, so that a change holds at once. */
  readonly restAfterMs?: () => number | undefined;
}

/** What the owner of a process hears of it. */
export interface ProcessListener<Report> {
  /** A new process runs: hand it its ports and settings. Called at each start. */
  onStart(): void;
  onReport(report: Report): void;
  /** The process ended unasked. `restartInMs` is undefined when it stays down. */
  onGone(error: AppError, restartInMs: number | undefined): void;
  /** The process was idle for long and was ended. {@link SupervisedProcess.start} brings it back. */
  onRest?(): void;
}

/** How often silence is looked at, ms. */
const TICK_MS = 1_000;

/** How long a new process may take to its first sign of life, ms: native libraries are read from a slow disk. */
const FIRST_SIGN_MS = 120_000;

export type ProcessState = 'down' | 'starting' | 'running' | 'waiting-to-restart' | 'resting';

export class SupervisedProcess<Command, Report> {
  private readonly config: ProcessConfig;
  private readonly listener: ProcessListener<Report>;
  private readonly policy = new RestartPolicy();
  private child: UtilityProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private watchTimer: NodeJS.Timeout | undefined;
  private hung = false;
  private readonly rest = new RestWatch(TICK_MS);
  private currentState: ProcessState = 'down';

  constructor(config: ProcessConfig, listener: ProcessListener<Report>) {
    this.config = config;
    this.listener = listener;
  }

  get state(): ProcessState {
    return this.currentState;
  }

  private get processName(): string {
    return `Aloud ${this.config.name}`;
  }

  /** Process id while one runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts the process unless it is up or coming up. */
  start(): void {
    if (this.child) return;
    clearTimeout(this.timer);
    this.currentState = 'starting';
    const child = utilityProcess.fork(this.config.entry, [], {
      serviceName: this.processName,
      env: { ...this.config.env() },
      stdio: 'inherit',
    });
    this.child = child;
    this.hung = false;
    const watch = new SilenceWatch(TICK_MS, FIRST_SIGN_MS);
    this.rest.heard(false);
    child.once('spawn', () => {
      // Stopped while it came up: what has no process id yet cannot be ended.
      if (this.child !== child) {
        endAtOnce(child.pid);
        return;
      }
      this.currentState = 'running';
      this.standBack(child.pid);
      this.watchSilence(child, watch);
      this.listener.onStart();
    });
    child.on('message', (report: Report | Alive) => {
      if (isAlive(report)) {
        watch.heard(report.withinMs);
        this.rest.heard(report.idle === true);
      } else this.listener.onReport(report);
    });
    child.once('exit', (code) => this.handleExit(child, code));
  }

  /** Sends a command, with ports if any. Commands to a process that is down are dropped: `onStart` tells it afresh. */
  send(command: Command, ports: MessagePortMain[] = []): void {
    this.child?.postMessage(command, ports);
  }

  /** The process is wanted soon: it does not rest for now. */
  touch(): void {
    this.rest.touch();
  }

  /** Ends the process for good; its end is not reported. */
  stop(): void {
    this.end('down');
  }

  private end(state: 'down' | 'resting'): void {
    clearTimeout(this.timer);
    clearInterval(this.watchTimer);
    this.currentState = state;
    const child = this.child;
    this.child = undefined;
    endAtOnce(child?.pid);
  }

  /** Before the process makes its threads, which inherit it. A system that refuses leaves the priority as it was. */
  private standBack(pid: number | undefined): void {
    if (this.config.nice === 0 || pid === undefined) return;
    try {
      setPriority(pid, this.config.nice);
    } catch {
      console.warn(`The priority of the process "${this.config.name}" could not be lowered.`);
    }
  }

  /** A hung process may not even take a request to end. */
  private watchSilence(child: UtilityProcess, watch: SilenceWatch): void {
    const { pid } = child;
    clearInterval(this.watchTimer);
    this.watchTimer = setInterval(() => {
      if (this.child !== child) return;
      if (this.rest.tick(this.config.restAfterMs?.())) {
        this.end('resting');
        this.listener.onRest?.();
        return;
      }
      if (!watch.tick() || pid === undefined) return;
      clearInterval(this.watchTimer);
      this.hung = true;
      endAtOnce(pid);
    }, TICK_MS);
  }

  private handleExit(child: UtilityProcess, code: number): void {
    if (this.child !== child) return;
    this.child = undefined;
    clearInterval(this.watchTimer);
    const why = this.hung ? PHRASES.ends.noAnswer : endReasons.explain(this.processName, code);
    const error = appError('process-gone', 'system', FAILURES.processes.stopped(this.config.subject, why), {
      retryable: true,
    });
    const delayMs = this.config.restarts ? this.policy.delayAfterExit(Date.now()) : undefined;
    if (delayMs === undefined) {
      this.currentState = 'down';
    } else {
      this.currentState = 'waiting-to-restart';
      this.timer = setTimeout(() => this.start(), delayMs);
    }
    this.listener.onGone(error, delayMs);
  }
}

function isAlive(report: unknown): report is Alive {
  return typeof report === 'object' && report !== null && 'type' in report && report.type === 'alive';
}
