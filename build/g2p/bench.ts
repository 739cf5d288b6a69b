/**
 * Measures the pronouncing part: load time, memory, and time for a sentence.
 *
 *     node --expose-gc --import tsx build/g2p/bench.ts [en-US|en-GB]
 *
 * `loadCpuMs` is the processor time of all threads, which a busy machine does not change. Memory is what the process holds more after loading and a collection (heap, buffers and typed arrays). The sentences
 * are those of `src/speech/g2p/fixtures/misaki.tsv`, said once to warm up and then timed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type G2p, loadG2p } from '../../src/speech/g2p/g2p.ts';

const ROOT = join(import.meta.dirname, '../..');
const MEGABYTE = 1024 * 1024;
const ROUNDS = 10;

function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function sayAll(g2p: G2p, sentences: readonly string[]): number {
  const start = performance.now();
  for (const sentence of sentences) g2p.phonemize(sentence);
  return (performance.now() - start) / sentences.length;
}

const dialect = process.argv[2] === 'en-GB' ? 'en-GB' : 'en-US';
const sentences = readFileSync(join(ROOT, 'src/speech/g2p/fixtures/misaki.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t')[0] ?? '');
const before = heldBytes();
const cpuBefore = process.cpuUsage();
const start = performance.now();
const g2p = await loadG2p(join(ROOT, 'models'), dialect);
const loadMs = performance.now() - start;
const loadCpu = process.cpuUsage(cpuBefore);
const firstMs = performance.now();
g2p.phonemize(sentences[0] ?? '');
const firstSentenceMs = performance.now() - firstMs;
const afterLoad = heldBytes();
const coldMs = sayAll(g2p, sentences);
const warmMs = Array.from({ length: ROUNDS }, () => sayAll(g2p, sentences)).sort((a, b) => a - b);
const words = ['Blorfington', 'Quarnazule', 'zintharic', 'Meldrovian', 'Ostrakhov'];
const unknownStart = performance.now();
for (const word of words) g2p.phonemize(word);
const unknownMs = (performance.now() - unknownStart) / words.length;

console.log(
  JSON.stringify({
    dialect,
    loadMs: Math.round(loadMs),
    loadCpuMs: Math.round((loadCpu.user + loadCpu.system) / 1000),
    memoryMB: Number(((afterLoad - before) / MEGABYTE).toFixed(1)),
    firstSentenceMs: Number(firstSentenceMs.toFixed(2)),
    sentences: sentences.length,
    firstRoundMsPerSentence: Number(coldMs.toFixed(3)),
    warmMsPerSentence: Number((warmMs[Math.floor(ROUNDS / 2)] ?? 0).toFixed(3)),
    msPerUnknownWord: Number(unknownMs.toFixed(1)),
  }),
);
