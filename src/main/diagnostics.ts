/** Makes the checks of the Diagnostics page in a process of their own, so that neither main nor the window waits for a disk. */
import { app, utilityProcess } from 'electron';
import type { CheckResult } from '../common/diagnostics.ts';
import type { DiagnoseArguments, Readiness } from '../common/ports/bridge.ts';
import type { DiagnosticsJob, DiagnosticsReport, ProviderAnswer } from '../common/ports/diagnostics.ts';
import { appError, err, ok, type AppError, type Result } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { endAtOnce } from './processes/end-at-once.ts';

export interface DiagnosticsOptions {
  /** Absolute path of the built process entry. */
  readonly entry: string;
  /** Environment of the process; must hold no keys. */
  readonly env: Readonly<Record<string, string>>;
  readonly folders: Pick<DiagnosticsJob, 'dataFolder' | 'shippedVoices' | 'settingsFolder'>;
  readonly readiness: () => Readiness;
  /** Asks the chosen provider's server. */
  readonly askProvider: () => Promise<ProviderAnswer>;
  /** Hears each result as it is made. */
  readonly onResult: (result: CheckResult) => void;
}

/** Large model folders are read whole: 9 GB at 30 MB/s, ms. */
const LONGEST_MS = 300_000;

export class Diagnostics {
  private readonly options: DiagnosticsOptions;

  constructor(options: DiagnosticsOptions) {
    this.options = options;
  }

  /** Makes all checks; in the answer are all results, or why they could not be made. */
  async run({ outputs, askProvider }: DiagnoseArguments): Promise<Result<readonly CheckResult[]>> {
    const provider = askProvider ? await this.options.askProvider() : undefined;
    return this.runJob({
      ...this.options.folders,
      version: app.getVersion(),
      app: { readiness: this.options.readiness(), outputs },
      provider,
    });
  }

  private async runJob(job: DiagnosticsJob): Promise<Result<readonly CheckResult[]>> {
    const { entry, env, onResult } = this.options;
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Aloud diagnostics',
      env: { ...env },
      stdio: 'inherit',
    });
    const results: CheckResult[] = [];
    let timer: NodeJS.Timeout | undefined;
    const error = await new Promise<AppError | undefined>((resolve) => {
      timer = setTimeout(() => resolve(LATE), LONGEST_MS);
      child.once('spawn', () => child.postMessage(job));
      child.on('message', (report: DiagnosticsReport) => {
        if (report.type === 'end') {
          resolve(report.error);
          return;
        }
        results.push(report.result);
        onResult(report.result);
      });
      child.once('exit', () => resolve(GONE));
    });
    clearTimeout(timer);
    endAtOnce(child.pid);
    return error === undefined ? ok(results) : err(error);
  }
}

const AGAIN = { retryable: true };
const GONE = appError('process-gone', 'system', FAILURES.diagnostics.stopped, AGAIN);
const LATE = appError('process-gone', 'system', FAILURES.diagnostics.tookTooLong, AGAIN);
