/**
 * `npm run intelligibility`: speaks every sentence with `aloud say`, has Whisper base write down what it hears, and reports
 * the word error rate by sentence and as a whole. Needs Python with faster-whisper: `ALOUD_PYTHON` names it (else `python3`).
 */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CLI_PROGRAM, ensureBuilt } from '../../build/built-app.ts';
import { cacheFolder, surroundings } from '../../src/library/paths.ts';
import { comparedWords } from './compared-words.ts';
import { SENTENCES } from './sentences.ts';
import { wordErrors } from './word-errors.ts';

const run = promisify(execFile);
const heardSchema = z.object({ file: z.string(), text: z.string() });

const python = process.env['ALOUD_PYTHON'] ?? 'python3';
await run(python, ['-c', 'import faster_whisper']).catch(() => {
  console.error(
    `${python} has no faster-whisper. Install it in a virtual environment and name its Python in ALOUD_PYTHON.`,
  );
  process.exit(1);
});
await ensureBuilt();
const folder = await mkdtemp(join(tmpdir(), 'aloud-heard-'));
try {
  const files = await speakAll();
  report(await hearAll(files));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Speaks the sentences one after another; the files in their order. */
async function speakAll(): Promise<string[]> {
  const files: string[] = [];
  for (const [i, { written }] of SENTENCES.entries()) {
    const file = join(folder, `${i}.wav`);
    await run(process.execPath, [CLI_PROGRAM, 'say', written, '--out', file]);
    files.push(file);
    process.stderr.write(`\rspoken ${i + 1} of ${SENTENCES.length}`);
  }
  process.stderr.write('\n');
  return files;
}

/** What Whisper writes down for each file. */
async function hearAll(files: readonly string[]): Promise<string[]> {
  const cache = cacheFolder(surroundings());
  await mkdir(cache, { recursive: true });
  const listener = spawn(python, [join(import.meta.dirname, 'hear.py'), cache], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  listener.stdin.end(`${files.join('\n')}\n`);
  const heard: string[] = [];
  for await (const line of createInterface({ input: listener.stdout })) {
    heard.push(heardSchema.parse(JSON.parse(line)).text);
  }
  if (heard.length !== files.length) throw new Error('Whisper ended before it had heard everything.');
  return heard;
}

function report(heard: readonly string[]): void {
  let words = 0;
  let errors = 0;
  for (const [i, sentence] of SENTENCES.entries()) {
    const result = wordErrors(comparedWords(sentence.heard), comparedWords(heard[i] ?? ''));
    words += result.words;
    errors += result.errors;
    if (result.errors === 0) continue;
    console.log(`${result.errors} of ${result.words}  ${sentence.written}`);
    console.log(`  heard: ${heard[i] ?? ''}`);
    console.log(`  ${result.differences.join('  ')}`);
  }
  const rate = ((errors / words) * 100).toFixed(2);
  console.log(`${SENTENCES.length} sentences, ${words} words, ${errors} errors: word error rate ${rate} %`);
}
