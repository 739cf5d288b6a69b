/** A made-up machine in a folder of its own: a program with one small model, a home, and no app that runs. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOf, modelOf } from '../../library/testing/catalog-entry.ts';
import type { CatalogModel } from '../../library/catalog.ts';
import type { CheckContext } from '../check.ts';

export interface Machine {
  readonly context: CheckContext;
  readonly model: CatalogModel;
  /** The content of the model's one file. */
  readonly content: Buffer;
  /** Where the model is installed. */
  readonly modelFolder: string;
  remove(): Promise<void>;
}

/** Makes the machine; the model is not installed yet. */
export async function makeMachine(): Promise<Machine> {
  const root = await mkdtemp(join(tmpdir(), 'aloud-machine-'));
  const dataFolder = join(root, 'program', 'models');
  const shippedVoices = join(root, 'program', 'voices');
  const settingsFolder = join(root, 'settings');
  const models = join(root, 'models');
  for (const folder of [dataFolder, shippedVoices, settingsFolder, models])
    await mkdir(folder, { recursive: true });
  const content = bytesOf(2_000, 1);
  const sources: CatalogModel['files'][number]['sources'] = [
    { type: 'url', url: 'https://example.org/weights.bin' },
  ];
  const model = modelOf(content, sources);
  await writeFile(join(dataFolder, 'catalog.json'), JSON.stringify({ version: 1, models: [model] }));
  const env = {
    ALOUD_MODELS_DIR: models,
    ALOUD_VOICES_DIR: join(root, 'own-voices'),
    XDG_CACHE_HOME: join(root, 'cache'),
    XDG_DATA_HOME: join(root, 'data'),
  };
  return {
    context: {
      version: '1.2.3',
      dataFolder,
      shippedVoices,
      settingsFolder,
      around: { env, platform: process.platform, home: root },
      app: undefined,
      provider: undefined,
    },
    model,
    content,
    modelFolder: join(models, model.id),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
