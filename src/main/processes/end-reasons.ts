/** Why processes ended, as Electron tells it (`child-process-gone`), in plain words. */
import { app, type Details } from 'electron';

const WORDS: Readonly<Record<Details['reason'], string>> = {
  'clean-exit': 'it ended by itself',
  'abnormal-exit': 'it ended with an error',
  killed: 'it was ended from outside',
  crashed: 'it crashed',
  oom: 'the memory is full',
  'launch-failed': 'it could not be started',
  'integrity-failure': 'a file of the program was changed',
  'memory-eviction': 'the system took its memory',
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
    return reason === undefined ? `exit code ${code}` : WORDS[reason];
  }
}

/** The one record of the program. */
export const endReasons = new EndReasons();
