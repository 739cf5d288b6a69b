/**
 * Makes the pronouncing data in `models/g2p-en/` from their sources. Run it again whenever a source changes:
 *
 *     npx tsx build/g2p/build-data.ts --from DIR
 *
 * DIR holds en-us/us_gold.json, en-us/us_silver.json, en-gb/gb_gold.json, en-gb/gb_silver.json (hexgrad/misaki,
 * `misaki/data`), en-us/oov_bart_en_us.npz (PeterReid/graphemes_to_phonemes_en_us) and cmudict.dict (cmusphinx/cmudict); `models/g2p-en/README.md` names
 * their versions. What Aloud adds or corrects is `build/g2p/additions.tsv`. The result does not depend on the machine.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { z } from 'zod';

import { type Dialect } from '../../src/speech/g2p/dialect.ts';
import { type Entry, openLexicon, type Pronunciation, USES, type Use } from '../../src/speech/g2p/lexicon.ts';
import { createWordReader } from '../../src/speech/g2p/words.ts';
import { readCmudict } from './cmudict.ts';
import { writeLexicon } from './lexicon-writer.ts';
import { writeNetwork } from './network-writer.ts';
import { readNpz } from './npz.ts';

const OUT = join(import.meta.dirname, '../../models/g2p-en');

const dictionarySchema = z.record(
  z.string(),
  z.union([z.string(), z.record(z.string(), z.string().nullable())]),
);
const bartSchema = z.object({
  grapheme_chars: z.string(),
  phoneme_chars: z.string(),
  d_model: z.number(),
  max_position_embeddings: z.number(),
  layer_norm_eps: z.number(),
  position_offset: z.number(),
});

function readDictionary(path: string): Map<string, Pronunciation> {
  const parsed = dictionarySchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return new Map(
    Object.entries(parsed).map(([word, value]) => [word, typeof value === 'string' ? value : byUse(value)]),
  );
}

function byUse(value: Readonly<Record<string, string | null>>): Map<Use, string> {
  return new Map(
    Object.entries(value).map(([name, phonemes]) => {
      const use = USES.find((known) => known === name);
      if (use === undefined) throw new Error(`Unknown part of speech ${name}`);
      return [use, phonemes ?? ''];
    }),
  );
}

/** Rows `word TAB US TAB GB`; a line that begins with # is a comment. */
function readAdditions(column: 1 | 2): [string, string][] {
  const lines = readFileSync(join(import.meta.dirname, 'additions.tsv'), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const cells = line.split('\t');
      const word = cells[0];
      const phonemes = cells[column];
      if (word === undefined || phonemes === undefined) throw new Error(`Bad line in additions.tsv: ${line}`);
      return [word, phonemes];
    });
}

function mergeLists(from: string, dialect: Dialect): Map<string, Entry> {
  const [gold, silver, column] =
    dialect === 'en-GB'
      ? (['en-gb/gb_gold.json', 'en-gb/gb_silver.json', 2] as const)
      : (['en-us/us_gold.json', 'en-us/us_silver.json', 1] as const);
  const entries = new Map<string, Entry>();
  const add = (words: Iterable<readonly [string, Pronunciation]>, checked: boolean): void => {
    for (const [word, pronunciation] of words) entries.set(word, { pronunciation, checked });
  };
  add(readDictionary(join(from, silver)), false);
  add(readDictionary(join(from, gold)), true);
  add(readAdditions(column), true);
  return entries;
}

/** American words, most of them names, that neither the lists nor the rules for endings know. */
function collectNames(path: string, known: ReadonlyMap<string, Entry>): Map<string, Entry> {
  const reader = createWordReader(openLexicon(writeLexicon(known)), 'en-US');
  const names = new Map<string, Entry>();
  for (const [word, pronunciation] of readCmudict(readFileSync(path, 'utf8'))) {
    if (reader.read(word, { tag: 'NN', next: 'consonant', beforeTo: false }) !== undefined) continue;
    if (soundsOf(pronunciation) === soundsOf(reader.spell(word) ?? '')) continue;
    names.set(word, { pronunciation, checked: false });
  }
  return names;
}

function soundsOf(phonemes: string): string {
  return phonemes.replace(/[ˈˌ]/g, '');
}

function save(name: string, bytes: Buffer): void {
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, name), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}

function pack(bytes: Buffer): Buffer {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params });
}

const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;
if (from === undefined) throw new Error('Say where the sources lie: --from DIR');
const american = mergeLists(from, 'en-US');
save('en-us.lexicon.br', pack(writeLexicon(american)));
save('en-gb.lexicon.br', pack(writeLexicon(mergeLists(from, 'en-GB'))));
save('en-us.names.br', pack(writeLexicon(collectNames(join(from, 'cmudict.dict'), american))));
const arrays = readNpz(readFileSync(join(from, 'en-us/oov_bart_en_us.npz')));
const meta: unknown = JSON.parse(arrays.get('meta_json')?.text ?? '{}');
// Half-precision weights hardly shrink, and unpacking them would take a tenth of the load time.
save('en-us.network', writeNetwork(arrays, bartSchema.parse(meta)));
