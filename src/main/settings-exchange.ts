/** Settings that leave this machine or come from another: a file without keys, checked before anything of it is taken. */
import { readFile, stat } from 'node:fs/promises';
import { OPENAI_COMPATIBLE, PROVIDER_IDS, type ProviderId } from '../common/provider.ts';
import { appError, err, ok, type Result } from '../common/result.ts';
import { readSettings, writeSettings } from '../common/settings-file.ts';
import { settingsPatchSchema, type Settings, type SettingsPatch } from '../common/settings.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { writeFileAtomically } from '../library/atomic-file.ts';

/** No file of settings is larger, bytes: one of the longest values everywhere has a quarter of it. */
const MAX_BYTES = 1_000_000;

/** Writes the settings to a file and gives its path. Keys are kept elsewhere, so none can be in it. */
export async function exportSettings(path: string, settings: Settings): Promise<Result<string>> {
  try {
    await writeFileAtomically(path, writeSettings(settings));
    return ok(path);
  } catch {
    return err(
      appError('file-unwritable', 'settings', FAILURES.settings.notExported(path), { retryable: true }),
    );
  }
}

export interface ReadImport {
  readonly patch: SettingsPatch;
  /** Labels of providers whose address is left as it is. */
  readonly keptAddresses: readonly string[];
}

/**
 * From the folder of CUDA's libraries native code is loaded: a file from elsewhere does not name it. An output device has its
 * name on one machine only.
 */
const importSchema = settingsPatchSchema.omit({ cudaFolder: true, outputDevice: true });

/**
 * Reads a file of settings. Where `hasKey` says that there is a key for a provider, the file cannot give that provider
 * another address: whoever wrote the file would get the key. Nor does it say whether the first steps were done here.
 */
export async function readImport(
  path: string,
  current: Settings,
  hasKey: (provider: ProviderId) => boolean,
): Promise<Result<ReadImport>> {
  const text = await readBounded(path);
  if (!text.ok) return text;
  const read = readSettings(text.value);
  if (read.is === 'newer')
    return refused(path, PHRASES.settings.otherVersion(read.version), PHRASES.settings.updateFirst);
  if (read.is === 'wrong') return refused(path, read.reason, PHRASES.settings.chooseExported);
  const patch = importSchema.parse(read.settings);
  const keptAddresses: string[] = [];
  const providers = { ...patch.providers };
  for (const id of PROVIDER_IDS) {
    if (id === 'built-in' || id === 'read-aloud' || !hasKey(id)) continue;
    const before = current.providers[id]?.baseUrl ?? '';
    if ((providers[id]?.baseUrl ?? '') === before) continue;
    providers[id] = { model: providers[id]?.model ?? '', baseUrl: before };
    keptAddresses.push(OPENAI_COMPATIBLE[id].label);
  }
  return ok({ patch: { ...patch, providers, setupDone: current.setupDone }, keptAddresses });
}

async function readBounded(path: string): Promise<Result<string>> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) return refused(path, PHRASES.settings.tooLarge, PHRASES.settings.chooseAnExported);
    return ok(await readFile(path, 'utf8'));
  } catch {
    return err(appError('file-unreadable', 'settings', FAILURES.settings.importUnreadable(path)));
  }
}

function refused(path: string, reason: string, hint: string): Result<never> {
  return err(appError('request-invalid', 'settings', FAILURES.settings.noSettingsFile(path, reason, hint)));
}
