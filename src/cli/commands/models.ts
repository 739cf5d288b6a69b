/** `aloud models`: the models of the catalog and those that were added, installing and adding them. */
import { addModelFolder, listAddedModels, type AddedModel } from '../../library/added-models.ts';
import { licenceLines, openLicenceNotes } from '../../library/licence-notes.ts';
import { openModelStore, type ModelListing, type ModelStore } from '../../library/model-store.ts';
import { dataFolder, modelFolders, surroundings } from '../../library/paths.ts';
import { progressLine } from '../../library/progress-line.ts';
import { parseWords, printJson, UsageError, type Command } from '../command.ts';
import { prepareVoice, VOICE_MODEL } from '../prepare-voice.ts';
import { programFolders } from '../program-folders.ts';

export const modelsCommand: Command = {
  usage: 'aloud models [--json]\naloud models install ID\naloud models add FOLDER',
  summary: 'Lists the models, installs one of the catalog, or adds a folder with a Higgs Audio model.',
  async run(args) {
    const { values, positionals } = parseWords(args, { json: { type: 'boolean', default: false } });
    const [action, id, ...more] = positionals;
    if (action === undefined) return list(values.json);
    if ((action !== 'install' && action !== 'add') || more.length > 0)
      throw new UsageError(`Unknown words: ${positionals.join(' ')}`);
    if (action === 'add') {
      if (id === undefined) throw new UsageError('The path of a model folder is missing.');
      return add(id, values.json);
    }
    if (id === undefined) throw new UsageError('The id of a model is missing.');
    return install(id, values.json);
  },
};

async function list(json: boolean): Promise<void> {
  const store = await openModelStore(programFolders().models);
  for (const model of await store.list()) {
    if (json) printJson(model);
    else process.stdout.write(`${describe(model)}\n`);
  }
  const { usable, damaged } = await listAddedModels(modelFolders(surroundings()));
  for (const added of usable) {
    const model = addedListing(added);
    if (json) printJson(model);
    else process.stdout.write(`${describe(model)}\n`);
  }
  for (const { id, folder, problem } of damaged) {
    if (json) printJson({ id, folder, kind: 'speech', state: 'damaged', problem });
    else process.stdout.write(`${id.padEnd(24)} damaged    ${problem}\n`);
  }
}

/** An added model as the list shows it. */
function addedListing({
  id,
  folder,
  size,
  model: { licence },
}: AddedModel): Omit<ModelListing, 'kept' | 'isRemovable'> {
  return {
    id,
    folder,
    size,
    kind: 'speech',
    label: 'Higgs Audio v2',
    description: 'Added as a folder.',
    licence: licence.name,
    licenceUrl: licence.url ?? '',
    state: 'installed',
  };
}

/** Adds a model folder and says what its licence asks. */
async function add(path: string, json: boolean): Promise<void> {
  const around = surroundings();
  const { id, folder, model } = await addModelFolder(path, modelFolders(around));
  if (json) printJson({ id, state: 'installed', folder, licence: model.licence });
  else {
    process.stdout.write(`${id} is installed in ${folder}\n${licenceLines(model).join('\n')}\n`);
    await openLicenceNotes(dataFolder(around)).shown(model);
  }
}

function describe({
  id,
  state,
  size,
  licence,
  label,
  folder,
}: Omit<ModelListing, 'kept' | 'isRemovable'>): string {
  const megabytes = `${Math.round(size / 1e6)} MB`;
  return `${id.padEnd(24)} ${state.padEnd(10)} ${megabytes.padStart(7)}  ${label}, ${licence}\n${' '.repeat(25)}${folder}`;
}

async function install(id: string, json: boolean): Promise<void> {
  const store = await openModelStore(programFolders().models);
  const label = (await store.list()).find((model) => model.id === id)?.label ?? id;
  const folder = await download(store, id, label);
  if (id === VOICE_MODEL)
    await prepareVoice({
      modelFolder: folder,
      dataFolder: programFolders().models,
      anew: true,
      tell: (line) => process.stderr.write(`${line}\n`),
    });
  if (json) printJson({ id, state: 'installed', folder });
  else process.stdout.write(`${label} is installed in ${folder}\n`);
}

/** Ctrl+C ends the download; what is loaded stays and is taken up again by the next install. */
async function download(store: ModelStore, id: string, label: string): Promise<string> {
  const progress = progressLine(label, process.stderr);
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once('SIGINT', interrupt);
  try {
    const { folder } = await store.install(id, {
      signal: abort.signal,
      onProgress: (now) => progress.show(now),
    });
    return folder;
  } finally {
    process.off('SIGINT', interrupt);
    progress.end();
  }
}
