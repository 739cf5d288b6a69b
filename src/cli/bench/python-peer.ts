/**
 * The peer that most people run: Python's kokoro-onnx with the same official file, where the Python that `ALOUD_BENCH_PYTHON`
 * names (else `python3`) has it. It gives whole utterances: its first PCM is its last.
 */
import { spawn } from 'node:child_process';
import { z } from 'zod';

/** One utterance of the peer. */
const lineSchema = z.object({ text: z.string(), ms: z.number(), audioMs: z.number() });
export type PeerUtterance = z.infer<typeof lineSchema>;

const PROGRAM = `
import json, sys, tempfile, time
import numpy as np
from kokoro_onnx import Kokoro
model, voice, repeats, texts = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])
with tempfile.TemporaryDirectory() as folder:
    np.savez(folder + '/voices.npz', voice=np.fromfile(voice, '<f4').reshape(510, 1, 256))
    kokoro = Kokoro(model, folder + '/voices.npz')
kokoro.create(texts[0], voice='voice', lang='en-us')
for _ in range(repeats):
    for text in texts:
        began = time.perf_counter()
        sound, rate = kokoro.create(text, voice='voice', lang='en-us')
        ms = (time.perf_counter() - began) * 1000
        print(json.dumps({'text': text, 'ms': ms, 'audioMs': len(sound) / rate * 1000}), flush=True)
`;

/** Has the peer say each text so often. Undefined where it is not installed or fails. */
export async function measurePythonPeer(options: {
  readonly modelFile: string;
  readonly voiceFile: string;
  readonly texts: readonly string[];
  readonly repeats: number;
}): Promise<readonly PeerUtterance[] | undefined> {
  const { modelFile, voiceFile, texts, repeats } = options;
  const python = process.env['ALOUD_BENCH_PYTHON'] ?? 'python3';
  const args = ['-c', PROGRAM, modelFile, voiceFile, String(repeats), JSON.stringify(texts)];
  const output = await outputOf(python, args);
  if (output === undefined) return undefined;
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

function outputOf(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? output : undefined));
  });
}
