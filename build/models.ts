/** The models that the app needs, installed and prepared when they are not, with progress on stderr. */
import { join } from 'node:path';
import { AppFailure } from '../src/common/result.ts';
import { openModelStore, type ModelStore } from '../src/library/model-store.ts';
import { prepareVoice, VOICE_MODEL } from '../src/cli/prepare-voice.ts';
import { progressLine } from '../src/library/progress-line.ts';
import { installPackages, isDebian } from './debian-packages.ts';
import { outputOf, ROOT, tell } from './script.ts';

/** The voice. */
export const SPEECH_MODEL = VOICE_MODEL;
/** The language model of the built-in provider. */
export const LANGUAGE_MODEL = 'smollm2-135m-instruct';

/** Installs those of the models that are not installed. Quick when all are there: only their sizes are looked at. */
export async function ensureModels(ids: readonly string[]): Promise<void> {
  const store = await openModelStore(join(ROOT, 'models'));
  const listing = await store.list();
  for (const id of ids) {
    const model = listing.find((each) => each.id === id);
    if (model?.state !== 'installed') await install(store, id, model?.label ?? id);
    if (id === SPEECH_MODEL) await prepare(store);
  }
}

async function prepare(store: ModelStore): Promise<void> {
  const { folder } = await store.locateModel(SPEECH_MODEL);
  await prepareVoice({ modelFolder: folder, dataFolder: join(ROOT, 'models'), anew: false, tell });
}

async function install(store: ModelStore, id: string, label: string): Promise<void> {
  const progress = progressLine(label, process.stderr);
  try {
    await store.install(id, { onProgress: (now) => progress.show(now) });
  } catch (thrown) {
    progress.end();
    if (!(await addPip(thrown))) throw thrown;
    await store.install(id, { onProgress: (now) => progress.show(now) });
  } finally {
    progress.end();
  }
}

/** Where no public address answered and pip, the way that is left, is missing, installs it. True if so. */
async function addPip(thrown: unknown): Promise<boolean> {
  if (!(thrown instanceof AppFailure) || thrown.error.code !== 'download-failed') return false;
  if (!isDebian() || outputOf('python3', ['-m', 'pip', '--version']) !== undefined) return false;
  await installPackages([['python3-pip']]);
  return true;
}
