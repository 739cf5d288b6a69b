/**
 * Trains the homograph table `models/g2p-en/homographs.br`:
 *
 *     npx tsx build/g2p/train-homographs.ts --data DIR
 *
 * DIR is the folder `data` of google-research-datasets/WikipediaHomographData (Apache-2.0). `homographs.tsv` says how each
 * sense is pronounced. A word is kept in the table only where, in five-fold cross-validation on the training part, the table
 * reads clearly more sentences rightly than the dictionary by part of speech does, or more of our own sentences
 * (`homograph-sentences.tsv`) and not fewer of the data. The held-out part only measures. Needs `tagger.br` and the dictionary.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';

import { type HomographHead, homographFeatures, openHomographs } from '../../src/speech/g2p/homographs.ts';
import { openLexicon } from '../../src/speech/g2p/lexicon.ts';
import { describeUnits, indexOfHighest, openTagger, type UnitView } from '../../src/speech/g2p/tagger.ts';
import { cutUnits, type Unit } from '../../src/speech/g2p/units.ts';
import { createWordReader } from '../../src/speech/g2p/words.ts';
import { type FeatureWeights, writeLinearModel } from './model-writer.ts';
import { createPerceptron } from './perceptron.ts';
import { createRandom, shuffle } from './random.ts';

const MODELS = join(import.meta.dirname, '../../models/g2p-en');
const EPOCHS = 8;
const PRUNE = { scale: 24, least: 2, updates: 1 };
const FOLDS = 5;
/** By how much of the sentences the table must be better: less is chance. */
const CLEARLY = 0.045;
/** The same for our own sentences, of which there are few. */
const CLEARLY_OWN = 0.15;

interface Form {
  readonly sense: string;
  readonly us: string;
  readonly gb: string;
}

interface Example {
  readonly units: readonly Unit[];
  readonly views: readonly UnitView[];
  readonly tags: readonly string[];
  /** Which unit is the homograph. */
  readonly at: number;
  readonly label: number;
}

const unpack = (name: string): Buffer => brotliDecompressSync(readFileSync(join(MODELS, name)));
const tagger = openTagger(unpack('tagger.br'));
const reader = createWordReader(openLexicon(unpack('en-us.lexicon.br')), 'en-US');

function readForms(): Map<string, Form[]> {
  const forms = new Map<string, Form[]>();
  for (const line of readFileSync(join(import.meta.dirname, 'homographs.tsv'), 'utf8').split('\n')) {
    const [word, sense, us, gb] = line.split('\t');
    if (word === undefined || sense === undefined || us === undefined || gb === undefined) continue;
    forms.set(word, [...(forms.get(word) ?? []), { sense, us, gb }]);
  }
  return forms;
}

/** The sentences of one file of the data; those whose homograph our cutting does not find as a unit are left out. */
function readExamples(path: string, forms: readonly Form[]): Example[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const cells = line.split('\t').map((cell) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'));
      const [, sense = '', sentence = '', start = ''] = cells;
      const offset = Buffer.from(sentence).subarray(0, Number(start)).toString().length;
      return toExample(sentence, sense, forms, (unit) => unit.start === offset);
    });
}

/** Our own sentences for a word. */
function readOwnExamples(word: string, forms: readonly Form[]): Example[] {
  return readFileSync(join(import.meta.dirname, 'homograph-sentences.tsv'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [own, sense = '', sentence = ''] = line.split('\t');
      if (own !== word) return [];
      const examples = toExample(sentence, sense, forms, (unit) => unit.text.toLowerCase() === word);
      if (examples.length === 0) throw new Error(`Bad line in homograph-sentences.tsv: ${line}`);
      return examples;
    });
}

function toExample(
  sentence: string,
  sense: string,
  forms: readonly Form[],
  isHomograph: (unit: Unit) => boolean,
): Example[] {
  const label = forms.findIndex((form) => form.sense === sense);
  const units = cutUnits(sentence);
  const at = units.findIndex(isHomograph);
  if (label < 0 || at < 0) return [];
  return [
    { units, views: describeUnits(units.map((unit) => unit.text)), tags: tagger.tag(units), at, label },
  ];
}

function train(examples: readonly Example[], labelCount: number): ReadonlyMap<number, FeatureWeights> {
  const model = createPerceptron(labelCount);
  const random = createRandom(11);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (const { views, tags, at, label } of shuffle(examples, random)) {
      const features = homographFeatures(views, tags, at);
      model.learn(features, label, indexOfHighest(model.score(features)));
    }
  }
  return model.weights(PRUNE);
}

/** The examples that `say` pronounces as their sense is. */
function rightOnes(examples: readonly Example[], forms: readonly Form[], say: Say): Example[] {
  return examples.filter((example) => say(example) === forms[example.label]?.us);
}

type Say = (example: Example) => string | undefined;

const sayByUse: Say = ({ units, tags, at }) =>
  reader.read(units[at]?.text ?? '', { tag: tags[at] ?? '', next: 'consonant', beforeTo: false });

function sayByTable(word: string, forms: readonly Form[], examples: readonly Example[]): Say {
  const pronunciations = forms.map(({ us, gb }) => ({ us, gb }));
  const features = train(examples, forms.length);
  const table = openHomographs(writeLinearModel({ words: { [word]: pronunciations } }, features), 'en-US');
  return ({ units, tags, at }) => table.choose(units, tags)[at];
}

/** The training sentences that tables read rightly which were trained on the other folds. */
function crossValidate(word: string, forms: readonly Form[], examples: readonly Example[]): Example[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const say = sayByTable(
      word,
      forms,
      examples.filter((_example, i) => i % FOLDS !== fold),
    );
    return rightOnes(
      examples.filter((_example, i) => i % FOLDS === fold),
      forms,
      say,
    );
  }).flat();
}

const { data } = parseArgs({ options: { data: { type: 'string' } } }).values;
if (data === undefined) throw new Error('Say where the data lies: --data DIR');

const words: HomographHead['words'] = {};
const kept = new Map<number, FeatureWeights>();
const totals = { heldOut: 0, byUse: 0, asShipped: 0 };
for (const [word, forms] of readForms()) {
  const own = readOwnExamples(word, forms);
  const examples = [...own, ...readExamples(join(data, 'train', `${word}.tsv`), forms)];
  const held = readExamples(join(data, 'eval', `${word}.tsv`), forms);
  const byTableRight = crossValidate(word, forms, examples);
  const byUseRight = rightOnes(examples, forms, sayByUse);
  const gain = (byTableRight.length - byUseRight.length) / examples.length;
  const isOwn = (example: Example): boolean => own.includes(example);
  const ownGain =
    (byTableRight.filter(isOwn).length - byUseRight.filter(isOwn).length) / Math.max(1, own.length);
  const byUse = rightOnes(held, forms, sayByUse).length;
  const byTable = rightOnes(held, forms, sayByTable(word, forms, examples)).length;
  const better = gain > CLEARLY || (gain >= 0 && ownGain > CLEARLY_OWN);
  if (better) {
    words[word] = forms.map(({ us, gb }) => ({ us, gb }));
    for (const [feature, weights] of train(examples, forms.length)) kept.set(feature, weights);
  }
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  console.log(
    `${word}: gain ${percent(gain)}, own ${percent(ownGain)}; ${held.length} held out, by use ${byUse}, by table ${byTable}${better ? ', kept' : ''}`,
  );
  totals.heldOut += held.length;
  totals.byUse += byUse;
  totals.asShipped += better ? byTable : byUse;
}
const bytes = writeLinearModel({ words }, kept);
const packed = brotliCompressSync(bytes);
writeFileSync(join(MODELS, 'homographs.br'), packed);
console.log(
  `${Object.keys(words).length} words, ${kept.size} features, ${bytes.length} bytes, packed ${packed.length}`,
);
console.log(totals);
