/** Everything a person can set. One schema with defaults: a missing field takes its default, a wrong one is refused. */
import { z } from 'zod';
import { acceleratorSchema } from './accelerator.ts';
import { epChoicesSchema } from './engine.ts';
import { DEFAULT_READING, readingSchema } from './reading.ts';
import { DEFAULT_SYSTEM_PROMPT, providerIdSchema } from './provider.ts';

/** What a person may set for one provider. Keys are not here: main keeps them apart, encrypted where the system can. */
export const providerSettingsSchema = z.object({
  baseUrl: z.string().max(2_000).default(''),
  model: z.string().max(300).default(''),
});
export type ProviderSettings = z.infer<typeof providerSettingsSchema>;

/** The fields without their defaults, so that a patch of them stays a patch. */
const fields = {
  provider: providerIdSchema,
  providers: z.partialRecord(providerIdSchema, providerSettingsSchema),
  systemPrompt: z.string().max(20_000),
  /** Voice id; '' means the library's default. */
  voice: z.string().max(200),
  /** Pace of speech, 0.5 to 2. */
  speed: z.number().min(0.5).max(2),
  /** Silence between sentences, ms. */
  pauseMs: z.number().int().min(0).max(2_000),
  /** What is said of code, tables, emoji and stage directions. */
  reading: readingSchema,
  /** Name of the added model that clones voices; '' for the first that is there. */
  voiceModel: z.string().max(200),
  /** Where each engine's models run; 'auto', also for one that is not named, tries what the machine has. */
  ep: epChoicesSchema,
  /** Folder with CUDA's libraries and ONNX Runtime's provider for it; '' for none. Linux only. */
  cudaFolder: z.string().max(4_000),
  /** Overlap of neighbouring sentences, ms; with a value above 0 the pause is not used. */
  crossfadeMs: z.number().int().min(0).max(200),
  /** Loudness, 0 to 1. */
  volume: z.number().min(0).max(1),
  muted: z.boolean(),
  /** Output device as Chromium names it; '' for the system's default. */
  outputDevice: z.string().max(300),
  theme: z.enum(['system', 'light', 'dark']),
  /** Voices that the person likes, by id. */
  favouriteVoices: z.array(z.string().max(200)).max(500),
  /** Keys that work while another program is in front. */
  shortcuts: z.object({ showHide: acceleratorSchema, speakClipboard: acceleratorSchema }),
  /** Whether there is an icon in the system's tray. */
  trayIcon: z.boolean(),
  /**
   * How long voice and built-in model stay in memory unused, minutes; 0: always. Then their processes end, and the next
   * prompt, or typing one, loads them again.
   */
  keepLoadedMinutes: z.number().min(0).max(1_440),
  /** Whether an installed program asks for a new version of itself at its start. */
  checkForUpdates: z.boolean(),
  /** Whether the person has been through the first steps or passed over them. */
  setupDone: z.boolean(),
};

export const settingsSchema = z.object({
  /** Version of this schema, for migration. */
  version: z.literal(1).default(1),
  provider: fields.provider.default('built-in'),
  providers: fields.providers.default({}),
  systemPrompt: fields.systemPrompt.default(DEFAULT_SYSTEM_PROMPT),
  voice: fields.voice.default(''),
  speed: fields.speed.default(1),
  pauseMs: fields.pauseMs.default(150),
  crossfadeMs: fields.crossfadeMs.default(0),
  volume: fields.volume.default(1),
  muted: fields.muted.default(false),
  outputDevice: fields.outputDevice.default(''),
  theme: fields.theme.default('system'),
  favouriteVoices: fields.favouriteVoices.default([]),
  reading: fields.reading.default(DEFAULT_READING),
  voiceModel: fields.voiceModel.default(''),
  shortcuts: fields.shortcuts.default({ showHide: '', speakClipboard: '' }),
  trayIcon: fields.trayIcon.default(true),
  keepLoadedMinutes: fields.keepLoadedMinutes.default(30),
  ep: z
    .preprocess(
      // Until there was a choice for each engine, there was one for the models that clone voices.
      (value) => (typeof value === 'string' ? { 'higgs-audio': value } : value),
      fields.ep,
    )
    .default({}),
  cudaFolder: fields.cudaFolder.default(''),
  checkForUpdates: fields.checkForUpdates.default(false),
  // A file without this field is of someone who has used Aloud before.
  setupDone: fields.setupDone.default(true),
});
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Changes of settings that the window may ask for; what is not named stays. From the folder of CUDA's libraries native code is
 * loaded: the window may only forget it, a new one is asked for by main.
 */
export const settingsPatchSchema = z.object({ ...fields, cudaFolder: z.literal('') }).partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

/** What holds where nothing else was set. */
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});

/** The settings of a new installation, which has no file of them yet. */
export const NEW_SETTINGS: Settings = { ...DEFAULT_SETTINGS, setupDone: false };

/** The longest prompt that is sent, in characters (UTF-16 code units). */
export const MAX_PROMPT_CHARACTERS = 100_000;
