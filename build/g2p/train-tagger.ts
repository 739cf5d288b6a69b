/**
 * Trains the part-of-speech table `models/g2p-en/tagger.br` from text tagged by `tag-corpus.py`:
 *
 *     npx tsx build/g2p/train-tagger.ts --tagged tagged.tsv
 *
 * One sentence in twenty is kept for measuring; the agreement of the packed table with its tags is printed. The
 * sentences' order is shuffled from a fixed seed, so the result is the same on every machine.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';

import {
  describeUnits,
  fixedFeatures,
  indexOfHighest,
  openTagger,
  tagFeatures,
} from '../../src/speech/g2p/tagger.ts';
import { writeLinearModel } from './model-writer.ts';
import { createPerceptron } from './perceptron.ts';
import { createRandom, shuffle } from './random.ts';

interface TaggedSentence {
  readonly words: readonly string[];
  readonly tags: readonly string[];
}

const EPOCHS = 6;
const HELD_OUT = 20;
const PRUNE = { scale: 8, least: 2, updates: 3 };

function readTagged(path: string): TaggedSentence[] {
  return readFileSync(path, 'utf8')
    .split('\n\n')
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const rows = block
        .trim()
        .split('\n')
        .map((line) => line.split('\t'));
      return { words: rows.map((row) => row[0] ?? ''), tags: rows.map((row) => row[1] ?? '') };
    });
}

function train(
  sentences: readonly TaggedSentence[],
  labels: readonly string[],
): ReturnType<typeof createPerceptron> {
  const model = createPerceptron(labels.length);
  const number = new Map(labels.map((label, i) => [label, i]));
  const random = createRandom(7);
  for (let epoch = 1; epoch <= EPOCHS; epoch += 1) {
    let wrong = 0;
    let all = 0;
    for (const { words, tags } of shuffle(sentences, random)) {
      const views = describeUnits(words);
      const given: string[] = [];
      for (let i = 0; i < words.length; i += 1) {
        const features = [...fixedFeatures(views, i), ...tagFeatures(views, i, given[i - 1], given[i - 2])];
        const guess = indexOfHighest(model.score(features));
        const truth = number.get(tags[i] ?? '') ?? 0;
        model.learn(features, truth, guess);
        given.push(labels[guess] ?? '');
        all += 1;
        if (guess !== truth) wrong += 1;
      }
    }
    console.log(`epoch ${epoch}: ${((100 * wrong) / all).toFixed(2)} % wrong in training`);
  }
  return model;
}

const { tagged } = parseArgs({ options: { tagged: { type: 'string' } } }).values;
if (tagged === undefined) throw new Error('Say where the tagged text lies: --tagged FILE');
const sentences = readTagged(tagged);
const held = sentences.filter((_, i) => i % HELD_OUT === 0);
const labels = [...new Set(sentences.flatMap((sentence) => sentence.tags))].sort();
const model = train(
  sentences.filter((_, i) => i % HELD_OUT !== 0),
  labels,
);
const features = model.weights(PRUNE);
const bytes = writeLinearModel({ labels }, features);
const packed = brotliCompressSync(bytes);
writeFileSync(join(import.meta.dirname, '../../models/g2p-en/tagger.br'), packed);
console.log(`${features.size} features, ${bytes.length} bytes, packed ${packed.length}`);

const tagger = openTagger(bytes);
let right = 0;
let all = 0;
for (const { words, tags } of held) {
  const given = tagger.tag(words.map((text) => ({ text })));
  tags.forEach((tag, i) => {
    all += 1;
    if (given[i] === tag) right += 1;
  });
}
console.log(`agreement on ${all} held-out words: ${((100 * right) / all).toFixed(2)} %`);
