/** `aloud text`: what the voice would say for a text, as JSON lines. */
import { z } from 'zod';
import { createSpeakableStream } from '../../text/speakable-stream.ts';
import { jsonLines, printJson, UsageError, type Command } from '../command.ts';
import { ownDictionary } from '../own-dictionary.ts';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  lang: z.string().optional(),
  /** Characters at a time; 0 for all at once. */
  chunk: z.number().int().min(0).default(1),
  options: z
    .object({
      minimumSentenceLength: z.number().int().min(0),
      minimumFirstFragmentLength: z.number().int().min(0),
      quickYield: z.boolean(),
    })
    .partial()
    .default({}),
});

export const textCommand: Command = {
  usage: 'aloud text < LINES',
  summary:
    'Cuts text into sentences and gives the words to be said: {"id","text"} → {"id","sentences"}, one JSON line each.',
  async run(args) {
    if (args.length > 0) throw new UsageError('aloud text takes its input from stdin and no words.');
    const dictionary = await ownDictionary();
    for await (const line of jsonLines(lineSchema)) {
      const { lang } = line;
      const stream = createSpeakableStream(
        { ...line.options, ...(lang === undefined ? {} : { lang }) },
        dictionary,
      );
      const step = line.chunk === 0 ? Math.max(1, line.text.length) : line.chunk;
      const sentences = [];
      for (let at = 0; at < line.text.length; at += step)
        sentences.push(...stream.push(line.text.slice(at, at + step)));
      sentences.push(...stream.end());
      printJson({
        id: line.id,
        sentences: sentences.map(({ text, spoken, start, end }) => ({ text, spoken, start, end })),
      });
    }
  },
};
