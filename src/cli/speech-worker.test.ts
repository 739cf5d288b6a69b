import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSpeechWorker, type SpeechWorker } from './speech-worker.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-worker-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A thread that says it is ready and then does as the script says. */
async function start(script: string): Promise<SpeechWorker> {
  const entry = join(folder, 'thread.mjs');
  const ready = "parentPort.postMessage({ type: 'engine.ready', facts: { id: 'kokoro' }, loadMs: 1 });";
  await writeFile(entry, `import { parentPort } from 'node:worker_threads';\n${ready}\n${script}`);
  const folders = { modelFolder: folder, preparedFolder: folder, dataFolder: folder, cacheFolder: folder };
  return startSpeechWorker({ entry, engine: 'kokoro', ...folders, ep: undefined, epObstacles: {} });
}

describe('the end of the speech thread', () => {
  it('is asked for, and waited for until the thread has ended by itself', async () => {
    const worker = await start(
      `parentPort.on('message', ({ type }) => {
        if (type === 'end') setTimeout(() => parentPort.close(), 100);
      });`,
    );
    const asked = performance.now();
    await worker.stop();
    expect(performance.now() - asked).toBeGreaterThan(90);
  });

  it('is not waited for when the thread was gone before', async () => {
    const worker = await start('setTimeout(() => process.exit(3), 20);');
    expect(await worker.gone).toMatchObject({ code: 'process-gone' });
    await worker.stop();
  });
});
