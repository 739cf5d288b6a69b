/**
 * How long the app's last starts took, kept in the cache folder (`app-starts.json`): the app writes it, `aloud bench` shows it.
 * Times are counted from the start of the app's main process, ms.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from './atomic-file.ts';

/** Name of the file in the cache folder. */
export const APP_STARTS_FILE = 'app-starts.json';

/** How many starts are kept. */
const KEPT = 20;

const appStartSchema = z.object({
  /** ISO 8601. */
  startedAt: z.string(),
  /** Version of the program. */
  version: z.string(),
  /** The window shows its page. */
  windowMs: z.number().nonnegative(),
  /** The voice is ready to speak. */
  voiceMs: z.number().nonnegative(),
  /** The built-in language model is ready to write; null where it is not the chosen provider, or took longer than the rest. */
  modelMs: z.number().nonnegative().nullable(),
});

/** One start of the app. */
export type AppStart = z.infer<typeof appStartSchema>;

const fileSchema = z.object({ format: z.literal('aloud-app-starts'), starts: z.array(appStartSchema) });

/** The kept starts, the newest last. A file that cannot be read counts as none. */
export async function readAppStarts(cacheFolder: string): Promise<readonly AppStart[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(join(cacheFolder, APP_STARTS_FILE), 'utf8'))).starts;
  } catch {
    return [];
  }
}

/** Keeps a start in place of what was kept of the same one before. Never throws: nothing depends on it. */
export async function keepAppStart(cacheFolder: string, start: AppStart): Promise<void> {
  const others = (await readAppStarts(cacheFolder)).filter(({ startedAt }) => startedAt !== start.startedAt);
  const path = join(cacheFolder, APP_STARTS_FILE);
  const content = { format: 'aloud-app-starts', starts: [...others, start].slice(-KEPT) };
  try {
    await writeFileAtomically(path, `${JSON.stringify(content, null, 2)}\n`);
  } catch {
    return;
  }
}
