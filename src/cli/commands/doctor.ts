/** `aloud doctor`: looks at what Aloud needs on this machine, by the checks that the app's Diagnostics page makes. */
import type { CheckResult } from '../../common/diagnostics.ts';
import { OPENAI_COMPATIBLE, type ProviderConfig } from '../../common/provider.ts';
import type { ProviderAnswer } from '../../common/ports/diagnostics.ts';
import { err, fail, ok, toAppError } from '../../common/result.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { listModels } from '../../assistant/providers/list-models.ts';
import { runChecks, type CheckContext } from '../../diagnostics/check.ts';
import { allChecks } from '../../diagnostics/checks.ts';
import { settingsFolder, surroundings } from '../../library/paths.ts';
import { parseWords, printJson, UsageError, type Command } from '../command.ts';
import { programFolders, programVersion } from '../program-folders.ts';
import { providerConfig } from '../provider-words.ts';

export const doctorCommand: Command = {
  usage: 'aloud doctor [--provider ID] [--base-url URL] [--json]',
  summary:
    'Looks at what Aloud needs on this machine, and says what is wrong and what to do; with a provider its server is asked, too.',
  async run(args) {
    const { values, positionals } = parseWords(args, {
      json: { type: 'boolean', default: false },
      provider: { type: 'string' },
      'base-url': { type: 'string', default: '' },
    });
    if (positionals.length > 0) throw new UsageError(`Unknown words: ${positionals.join(' ')}`);
    const context: CheckContext = {
      version: await programVersion(),
      dataFolder: programFolders().models,
      shippedVoices: programFolders().voices,
      settingsFolder: settingsFolder(surroundings()),
      around: surroundings(),
      app: undefined,
      provider: await askProvider(values.provider, values['base-url']),
    };
    const failed: string[] = [];
    for await (const result of runChecks(await allChecks(context), context)) {
      if (values.json) printJson(finding(result));
      else process.stdout.write(line(result));
      if (result.state === 'failed') failed.push(result.title);
    }
    if (failed.length > 0) fail('check-failed', 'system', FAILURES.cli.notAllWell(failed.join(', ')));
  },
};

/** What `--json` prints a line each; the names of the fields are stable. */
interface Finding {
  readonly check: string;
  readonly title: string;
  readonly state: CheckResult['state'];
  /** False only when something must be done. */
  readonly ok: boolean;
  readonly message: string;
  /** What to do, or ''. */
  readonly hint: string;
  /** Figures behind it, for programs. */
  readonly details?: unknown;
}

function finding({ id, title, state, detail, remedy, figures }: CheckResult): Finding {
  return {
    check: id,
    title,
    state,
    ok: state !== 'failed',
    message: detail,
    hint: remedy,
    ...(figures === undefined ? {} : { details: figures }),
  };
}

const MARKS: Readonly<Record<CheckResult['state'], string>> = { ok: 'ok  ', note: 'note', failed: 'BAD ' };

function line({ id, state, detail, remedy }: CheckResult): string {
  return `${MARKS[state]}  ${id.padEnd(26)} ${detail}${remedy === '' ? '' : ` ${remedy}`}\n`;
}

/** Asks the server that the words name; undefined when they name none. */
async function askProvider(name: string | undefined, baseUrl: string): Promise<ProviderAnswer | undefined> {
  if (name === undefined && baseUrl === '') return undefined;
  try {
    const config = await providerConfig(name, baseUrl, '');
    const models = config.kind === 'openai-compatible' ? ok(await listModels(config)) : undefined;
    return { label: labelOf(config), models };
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown;
    return { label: name ?? 'custom', models: err(toAppError(thrown, 'provider')) };
  }
}

function labelOf({ id }: ProviderConfig): string {
  if (id === 'built-in') return 'The built-in model';
  return id === 'read-aloud' ? 'Read aloud' : OPENAI_COMPATIBLE[id].label;
}
