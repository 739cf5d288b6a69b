/** `aloud voices`: the voices that ship and the person's own. */
import { ownVoicesFolder, surroundings } from '../../library/paths.ts';
import { openVoiceLibrary } from '../../library/voices.ts';
import { parseWords, printJson, UsageError, type Command } from '../command.ts';
import { programFolders } from '../program-folders.ts';

export const voicesCommand: Command = {
  usage: 'aloud voices [--json]',
  summary: 'Lists the voices.',
  async run(args) {
    const { values, positionals } = parseWords(args, { json: { type: 'boolean', default: false } });
    if (positionals.length > 0) throw new UsageError(`Unknown word: ${positionals[0] ?? ''}`);
    const library = openVoiceLibrary({
      shipped: programFolders().voices,
      own: ownVoicesFolder(surroundings()),
    });
    for (const voice of await library.list()) {
      if (values.json) {
        printJson(voice);
        continue;
      }
      const marks = [voice.isDefault ? 'default' : '', voice.origin === 'own' ? 'own' : '', voice.problem];
      const notes = marks.filter((mark) => mark !== '').join('; ');
      const grade = voice.grade.padEnd(2);
      process.stdout.write(
        `${voice.id.padEnd(16)} ${voice.language.padEnd(6)} ${grade} ${voice.engine.padEnd(12)} ${voice.name}${notes && ` (${notes})`}\n`,
      );
    }
  },
};
