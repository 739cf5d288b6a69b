/** Settings as text: how a file of them is read, whichever version of Aloud wrote it, and how one is written. */
import { settingsSchema, type Settings } from './settings.ts';
import { PHRASES } from './strings/phrases.ts';

/** Version of the schema that this program writes. */
export const SETTINGS_VERSION = 1;

/** Turns settings of one version into those of the next; fields that a person set must not be lost on the way. */
export type Migration = (settings: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** The first leads from version 1 to version 2, and so on; there has been one version so far. */
const MIGRATIONS: readonly Migration[] = [];

/** What a text is. `newer`: of a version that this program does not know. `wrong`: `reason` is a part of a sentence. */
export type SettingsReading =
  | { readonly is: 'settings'; readonly settings: Settings }
  | { readonly is: 'newer'; readonly version: number }
  | { readonly is: 'wrong'; readonly reason: string };

/** Reads settings of any version. A field that is missing takes its default. Never throws. */
export function readSettings(text: string, migrations = MIGRATIONS): SettingsReading {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { is: 'wrong', reason: PHRASES.settings.noJson };
  }
  if (!isRecord(content)) return { is: 'wrong', reason: PHRASES.settings.noSettings };
  // The first files of all had no version.
  const { version = 1 } = content;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return { is: 'wrong', reason: PHRASES.settings.versionNoNumber };
  if (version > migrations.length + 1) return { is: 'newer', version };
  let current = content;
  try {
    for (const migrate of migrations.slice(version - 1)) current = migrate(current);
  } catch {
    return { is: 'wrong', reason: PHRASES.settings.notBroughtUp(version) };
  }
  const parsed = settingsSchema.safeParse({ ...current, version: SETTINGS_VERSION });
  if (parsed.success) return { is: 'settings', settings: parsed.data };
  const issue = parsed.error.issues[0];
  return { is: 'wrong', reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown'}` };
}

/** The text of a settings file. */
export function writeSettings(settings: Settings): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
