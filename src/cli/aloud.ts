#!/usr/bin/env node
/**
 * `aloud`: the assistant without its window. The first word names the command; each command is one file under
 * `commands/`. Exit code 0; 1 on a failure, which is said on stderr in one line; 2 on wrong usage.
 */
import { NO_ONNX_TELEMETRY } from '../common/onnx-telemetry.ts';
import { errorLine, toAppError } from '../common/result.ts';
import { benchCommand } from './commands/bench.ts';
import { askCommand } from './commands/ask.ts';
import { cudaCommand } from './commands/cuda.ts';
import { doctorCommand } from './commands/doctor.ts';
import { modelsCommand } from './commands/models.ts';
import { phonemesCommand } from './commands/phonemes.ts';
import { sayCommand } from './commands/say.ts';
import { textCommand } from './commands/text.ts';
import { voicesCommand } from './commands/voices.ts';
import { UsageError, type Command } from './command.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  say: sayCommand,
  ask: askCommand,
  text: textCommand,
  phonemes: phonemesCommand,
  voices: voicesCommand,
  models: modelsCommand,
  bench: benchCommand,
  doctor: doctorCommand,
  cuda: cudaCommand,
};

async function main(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const asked = ['help', '--help', '-h'].includes(name);
    (asked ? process.stdout : process.stderr).write(
      asked ? overview() : `There is no command "${name}".\n${overview()}`,
    );
    return asked ? 0 : 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  try {
    await command.run(rest);
    return 0;
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      process.stderr.write(`${thrown.message}\n${command.usage}\n`);
      return 2;
    }
    process.stderr.write(`${errorLine(toAppError(thrown, 'system'))}\n`);
    return 1;
  }
}

function overview(): string {
  const lines = Object.values(COMMANDS).map(
    ({ usage, summary }) => `  ${usage.replaceAll('\n', '\n  ')}\n      ${summary}`,
  );
  return `Aloud speaks text and the answers of language models.\n\n${lines.join('\n')}\n`;
}

// Here, because a variable that a worker thread sets is not seen by native code.
Object.assign(process.env, NO_ONNX_TELEMETRY);

// Reading a closed pipe's other end (`aloud text | head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2));
