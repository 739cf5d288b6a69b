import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { threadChannel } from '../common/channel.ts';
import type { SpeechControlReport } from '../common/ports/speech-control.ts';
import type { SpeechReport, SpeechRequest } from '../common/ports/speech.ts';
import type { ThreadCommand } from './thread.ts';

let worker: Worker;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aloud-thread-'));
  const entry = pathToFileURL(join(import.meta.dirname, 'thread.ts')).href;
  // A worker does not inherit a loader for TypeScript on Node 20: it brings its own.
  const script = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${JSON.stringify(entry)}, ${JSON.stringify(import.meta.url)}));`;
  worker = new Worker(script, { eval: true });
});

afterEach(async () => {
  await worker.terminate();
  await rm(folder, { recursive: true });
});

it('a worker thread takes commands and ports as the utility process does, and stays up when the model is missing', async () => {
  const reports: SpeechControlReport[] = [];
  const send = (command: Exclude<ThreadCommand, { type: 'end' }>): void =>
    worker.postMessage(command, command.port ? [command.port] : []);
  const failed = new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (report: SpeechControlReport) => {
      reports.push(report);
      if (report.type === 'engine.failed') resolve();
    });
  });
  send({
    type: 'engine.load',
    engine: 'kokoro',
    modelFolder: folder,
    preparedFolder: folder,
    dataFolder: folder,
  });
  await failed;
  expect(reports.map((report) => report.type)).toEqual(['ready', 'engine.failed']);

  const { port1, port2 } = new MessageChannel();
  const assistant = threadChannel<SpeechRequest, SpeechReport>(port2);
  const answer = new Promise<SpeechReport>((resolve) => {
    assistant.onMessage((report) => {
      if (report.type === 'sentence.failed') resolve(report);
    });
  });
  send({ type: 'port', peer: 'assistant', port: port1 });
  assistant.send({ type: 'turn.begin', turnId: 't', pauseMs: 0, crossfadeMs: 0, besideModel: false });
  assistant.send({
    type: 'sentence.say',
    sentence: { turnId: 't', index: 0, text: 'Hi.', spoken: 'Hi.', start: 0, end: 3 },
    voice: { kind: 'style', id: 'v', path: join(folder, 'v.bin'), language: 'en-US' },
    speed: 1,
  });
  expect(await answer).toMatchObject({ index: 0, error: { code: 'model-missing' } });
  assistant.close();
});

it('a worker thread that is told to end does so by itself', async () => {
  const ended = new Promise<number>((resolve) => worker.once('exit', resolve));
  const command: ThreadCommand = { type: 'end' };
  worker.postMessage(command);
  expect(await ended).toBe(0);
});
