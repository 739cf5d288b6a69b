/** The words that every speaking command takes, and what they stand for. */
import { resolve } from 'node:path';
import { epChoiceSchema, type EpChoice, type EpObstacles } from '../common/engine.ts';
import { engineIdSchema, type EngineId, type VoiceSource } from '../common/voice.ts';
import { toAppError, unreachable } from '../common/result.ts';
import { locateAddedModel } from '../library/added-models.ts';
import { openLicenceNotes } from '../library/licence-notes.ts';
import { openModelStore } from '../library/model-store.ts';
import {
  cacheFolder,
  dataFolder,
  modelFolders,
  ownVoicesFolder,
  preparedFolder,
  surroundings,
} from '../library/paths.ts';
import { openVoiceLibrary } from '../library/voices.ts';
import { UsageError } from './command.ts';
import { cudaForThisProcess } from './cuda-restart.ts';
import { programFolders } from './program-folders.ts';

export const SPEECH_WORDS = {
  voice: { type: 'string', default: '' },
  engine: { type: 'string', default: '' },
  'voice-model': { type: 'string', default: '' },
  ep: { type: 'string', default: '' },
  speed: { type: 'string', default: '1' },
  out: { type: 'string', default: 'speech.wav' },
  json: { type: 'boolean', default: false },
} as const;

/** The catalog's model that Kokoro speaks with. */
const KOKORO_MODEL = 'kokoro-82m-int8';

/** How and with what to speak. */
export interface SpeechSetting {
  readonly voice: VoiceSource;
  readonly speed: number;
  readonly engine: EngineId;
  readonly modelFolder: string;
  readonly preparedFolder: string;
  readonly dataFolder: string;
  /** Folder for what can be made again. */
  readonly cacheFolder: string;
  /** Undefined: the engine's own choice. */
  readonly ep: EpChoice | undefined;
  /** Providers that cannot be used, and why. */
  readonly epObstacles: EpObstacles;
  readonly speechThread: string;
  readonly out: string;
  readonly json: boolean;
}

/** The words as they were given. */
interface GivenWords {
  readonly voice: string;
  readonly engine: string;
  readonly 'voice-model'?: string;
  readonly ep?: string;
  readonly speed: string;
  readonly out: string;
  readonly json: boolean;
}

/** Checks the words. Throws `UsageError` for a wrong one, `AppFailure` for a voice or model that is not there. */
export async function speechSetting(values: GivenWords): Promise<SpeechSetting> {
  const { ep: epName = '', 'voice-model': modelName = '' } = values;
  const speed = Number(values.speed);
  if (!(speed >= 0.5 && speed <= 2)) throw new UsageError('--speed must be a number from 0.5 to 2.');
  const asked = values.engine === '' ? undefined : engineIdSchema.safeParse(values.engine);
  if (asked?.success === false) throw new UsageError(`There is no engine "${values.engine}".`);
  const ep = epName === '' ? undefined : epChoiceSchema.safeParse(epName);
  if (ep?.success === false)
    throw new UsageError(
      `There is no execution provider "${epName}": use ${epChoiceSchema.options.join(', ')}.`,
    );
  const voice = await voiceFor(values.voice, asked?.data);
  const engine = asked?.data ?? (voice.kind === 'style' ? 'kokoro' : 'higgs-audio');
  const folders = programFolders();
  const epObstacles = await cudaForThisProcess(ep?.data);
  const modelFolder = await modelFolderFor(engine, modelName);
  return {
    voice,
    speed,
    engine,
    modelFolder,
    preparedFolder: preparedFolder(modelFolder, surroundings()),
    dataFolder: folders.models,
    cacheFolder: cacheFolder(surroundings()),
    ep: ep?.data,
    epObstacles,
    speechThread: folders.speechThread,
    out: resolve(values.out),
    json: values.json,
  };
}

/** The voice that is meant. Higgs Audio needs none: it has a voice of its own, which also speaks for one that is missing. */
async function voiceFor(name: string, engine: EngineId | undefined): Promise<VoiceSource> {
  const own: VoiceSource = { kind: 'own', id: 'own', language: 'en-US' };
  if (engine === 'higgs-audio' && name === '') return own;
  const library = openVoiceLibrary({
    shipped: programFolders().voices,
    own: ownVoicesFolder(surroundings()),
  });
  try {
    return await library.resolve(name);
  } catch (thrown) {
    const error = toAppError(thrown, 'voice');
    if (engine !== 'higgs-audio' || error.code !== 'voice-missing') throw thrown;
    process.stderr.write(`${error.message} The model speaks with its own.\n`);
    return own;
  }
}

/** The folder of the model that the engine speaks with. What its licence asks is said before its first use. */
async function modelFolderFor(engine: EngineId, named: string): Promise<string> {
  const around = surroundings();
  switch (engine) {
    case 'kokoro': {
      if (named !== '')
        throw new UsageError('--voice-model names a Higgs Audio model: use --engine higgs-audio.');
      const store = await openModelStore(programFolders().models);
      return (await store.locateModel(KOKORO_MODEL)).folder;
    }
    case 'higgs-audio': {
      const { folder, model } = await locateAddedModel(modelFolders(around), named, { paths: true });
      const notes = openLicenceNotes(dataFolder(around));
      const lines = await notes.due(model);
      if (lines !== undefined) {
        process.stderr.write(`${lines.join('\n')}\n`);
        await notes.shown(model);
      }
      return folder;
    }
    default:
      return unreachable(engine);
  }
}

/** One line on a finished file. */
export function describeSound(out: string, audioMs: number): string {
  return `${out}: ${(audioMs / 1000).toFixed(1)} s of speech\n`;
}
