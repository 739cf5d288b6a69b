/**
 * On Linux node-llama-cpp tries its native library in a forked Node before it loads it, so that a library that crashes does
 * not take the program with it. An installed Aloud has no Node to fork (the fuse `RunAsNode` is off), and needs no trial: the
 * process that loads the library is one that may crash, and is supervised. So the fork is answered as one that went well.
 */
import childProcess, { type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';

/** Runs `work` with every fork of node-llama-cpp's trial answered as passed; other forks are refused meanwhile. */
export async function withoutBinaryTrial<T>(work: () => Promise<T>): Promise<T> {
  const { fork } = childProcess;
  Object.assign(childProcess, { fork: passedTrial });
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    Object.assign(childProcess, { fork });
    syncBuiltinESMExports();
  }
}

/** The trial's side of its conversation: `ready`, `loaded`, `done`, each in answer to what it was told last. */
const ANSWERS: Readonly<Record<string, string>> = { start: 'loaded', test: 'done' };

/** What node-llama-cpp uses of a forked process. */
type Trial = EventEmitter &
  Pick<ChildProcess, 'kill' | 'killed' | 'exitCode' | 'stdout' | 'stderr'> & {
    send(message: { readonly type: string }): boolean;
  };

function passedTrial(modulePath: string): Trial {
  if (!modulePath.includes('testBindingBinary')) throw new Error(`Nothing is forked here: ${modulePath}`);
  const events = new EventEmitter();
  const later = (event: string, value: unknown): void => {
    setImmediate(() => events.emit(event, value));
  };
  later('message', { type: 'ready' });
  return Object.assign(events, {
    stdout: null,
    stderr: null,
    killed: false,
    exitCode: null,
    kill: () => true,
    send(message: { readonly type: string }): boolean {
      const answer = ANSWERS[message.type];
      if (answer === undefined) later('exit', 0);
      else later('message', { type: answer });
      return true;
    },
  });
}
