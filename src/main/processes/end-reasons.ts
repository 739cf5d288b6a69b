/** Why processes ended, as Electron tells it (`child-process-gone`), in plain words. */
import { app, type Details } from 'electron';
import { PHRASES } from '../../common/strings/phrases.ts';

const WORDS: Readonly<Record<Details['reason'], string>> = {
  'clean-exit': PHRASES.ends.byItself,
  'abnormal-exit': PHRASES.ends.withError,
  killed: PHRASES.ends.fromOutside,
  crashed: PHRASES.ends.crashed,
  oom: PHRASES.ends.memoryFull,
  'launch-failed': PHRASES.ends.notStarted,
  'integrity-failure': PHRASES.ends.fileChanged,
  'memory-eviction': PHRASES.ends.memoryTaken,
};

class EndReasons {
  private readonly last = new Map<string, Details['reason']>();

  /** Begins to listen; called once. */
  listen(): void {
    app.on('child-process-gone', (_event, { name, reason }) => {
      if (name !== undefined) this.last.set(name, reason);
    });
  }

  /** Why the process of this name ended just now; the exit code stands in when Electron has not told. */
  explain(name: string, code: number): string {
    const reason = this.last.get(name);
    this.last.delete(name);
    return reason === undefined ? PHRASES.ends.exitCode(code) : WORDS[reason];
  }
}

/** The one record of the program. */
export const endReasons = new EndReasons();
