/** `aloud phonemes`: the phonemes of a text's words, as JSON lines. */
import { z } from 'zod';
import { loadG2p, type Dialect, type G2p } from '../../speech/g2p/g2p.ts';
import { createSpeakableStream } from '../../text/speakable-stream.ts';
import { jsonLines, printJson, UsageError, type Command } from '../command.ts';
import { ownDictionary } from '../own-dictionary.ts';
import { programFolders } from '../program-folders.ts';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  lang: z.enum(['en', 'en-US', 'en-GB']).default('en-US'),
});

export const phonemesCommand: Command = {
  usage: 'aloud phonemes < LINES',
  summary: 'Gives the phonemes of a text: {"id","text"} → {"id","phonemes"}, one JSON line each.',
  async run(args) {
    if (args.length > 0) throw new UsageError('aloud phonemes takes its input from stdin and no words.');
    const dictionary = await ownDictionary();
    const loaded = new Map<Dialect, G2p>();
    for await (const line of jsonLines(lineSchema)) {
      const lang = line.lang === 'en' ? 'en-US' : line.lang;
      const stream = createSpeakableStream({ lang }, dictionary);
      const pieces = [...stream.push(line.text), ...stream.end()];
      const g2p = loaded.get(lang) ?? (await loadG2p(programFolders().models, lang));
      loaded.set(lang, g2p);
      const phonemes = pieces
        .filter(({ spoken }) => spoken !== '')
        .map(({ spoken, pronounced }) => g2p.phonemize(spoken, pronounced).phonemes);
      printJson({ id: line.id, phonemes: phonemes.join(' ') });
    }
  },
};
