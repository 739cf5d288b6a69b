/** `aloud say`: speaks a text. */
import { DEFAULT_SYSTEM_PROMPT } from '../../common/provider.ts';
import { parseWords, textArgument, type Command } from '../command.ts';
import { describeSound, SPEECH_WORDS, speechSetting } from '../speech-words.ts';
import { speakTurn } from '../spoken-turn.ts';

export const sayCommand: Command = {
  usage:
    'aloud say [TEXT] [--voice NAME] [--engine ID] [--voice-model NAME|FOLDER] [--ep auto|cpu|cuda|…]\n' +
    '    [--speed 1.0] [--out FILE.wav] [--json]',
  summary: 'Speaks a text, or what stands on stdin, into a WAV file (speech.wav).',
  async run(args) {
    const { values, positionals } = parseWords(args, SPEECH_WORDS);
    const setting = await speechSetting(values);
    const { audioMs } = await speakTurn({
      ...setting,
      prompt: await textArgument(positionals),
      provider: { kind: 'read-aloud', id: 'read-aloud' },
      systemPrompt: DEFAULT_SYSTEM_PROMPT,
      onText: () => undefined,
    });
    if (!setting.json) process.stdout.write(describeSound(setting.out, audioMs));
  },
};
