/** `aloud ask`: asks a language model and speaks its answer while it is being written. */
import { DEFAULT_SYSTEM_PROMPT } from '../../common/provider.ts';
import { parseWords, textArgument, type Command } from '../command.ts';
import { providerConfig } from '../provider-words.ts';
import { describeSound, SPEECH_WORDS, speechSetting } from '../speech-words.ts';
import { speakTurn } from '../spoken-turn.ts';

export const askCommand: Command = {
  usage:
    'aloud ask PROMPT [--provider ID] [--base-url URL] [--model NAME] [--system TEXT]\n' +
    '    [--voice NAME] [--engine ID] [--voice-model NAME|FOLDER] [--ep auto|cpu|cuda|…] [--speed 1.0]\n' +
    '    [--out FILE.wav] [--json]',
  summary:
    'Asks a language model (the built-in one unless told) and speaks its answer into a WAV file (speech.wav).',
  async run(args) {
    const { values, positionals } = parseWords(args, {
      ...SPEECH_WORDS,
      provider: { type: 'string' },
      'base-url': { type: 'string', default: '' },
      model: { type: 'string', default: '' },
      system: { type: 'string', default: DEFAULT_SYSTEM_PROMPT },
    });
    const setting = await speechSetting(values);
    const provider = await providerConfig(values.provider, values['base-url'], values.model);
    const { audioMs } = await speakTurn({
      ...setting,
      prompt: await textArgument(positionals),
      provider,
      systemPrompt: values.system,
      onText: (text) => process.stdout.write(text),
    });
    if (!setting.json) process.stdout.write(`\n${describeSound(setting.out, audioMs)}`);
  },
};
