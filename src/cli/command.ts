/** What every command of the CLI is, and the parts that several share. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { fail } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';

export interface Command {
  /** The command line, for example `aloud say [TEXT] …`. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  /** Runs the command with the words after its name. Throws `UsageError` or `AppFailure`. */
  run(args: readonly string[]): Promise<void>;
}

/** Wrong usage: exit code 2 and the command's usage line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Parses a command's words; anything unknown is a {@link UsageError}. */
export function parseWords<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown));
  }
}

/** The one positional word or words of a command, else what stands on stdin. */
export async function textArgument(positionals: readonly string[]): Promise<string> {
  if (positionals.length > 0) return positionals.join(' ');
  if (process.stdin.isTTY) throw new UsageError('A text is missing.');
  const parts: Buffer[] = [];
  for await (const part of process.stdin)
    parts.push(Buffer.isBuffer(part) ? part : Buffer.from(String(part)));
  return Buffer.concat(parts).toString('utf8');
}

/** Reads stdin as JSON lines of one schema. A line that is not one ends the command with its number and the reason. */
export async function* jsonLines<T>(schema: z.ZodType<T>): AsyncGenerator<T> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    const parsed = schema.safeParse(parseJson(line));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
      fail('request-invalid', 'text', FAILURES.cli.badLine(number, `${where}${issue?.message ?? 'unknown'}`));
    }
    yield parsed.data;
  }
}

/** Prints one JSON object as a line. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
