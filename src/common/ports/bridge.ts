/** Renderer ↔ main: what `window.aloud` offers. Every argument is checked by main with the schemas here. */
import { z } from 'zod';
import type { CheckResult } from '../diagnostics.ts';
import type { KeptFigures, ProcessFigures } from '../figures.ts';
import { SAMPLE_RATE } from '../audio.ts';
import { blendSchema } from '../blend.ts';
import { titleSchema, type ConversationEntry, type StoredConversation } from '../conversation.ts';
import type { SpeedReport } from '../engine.ts';
import type { InstallTask, ModelShelf } from '../model.ts';
import { providerIdSchema, type ProviderId, type ProviderTrial } from '../provider.ts';
import type { EpName } from '../engine.ts';
import { LONGEST_S } from '../recording-rules.ts';
import type { AppError, Result } from '../result.ts';
import type { Settings, SettingsPatch } from '../settings.ts';
import { LARGEST_VOICE_FILE } from '../voice-file.ts';
import type { VoiceListing } from '../voice.ts';

/** A prompt to answer (or, with `read-aloud`, a text to speak). */
export const sendArgumentsSchema = z.object({
  turnId: z.uuid(),
  /** The conversation that it belongs to; begun with its first turn. */
  conversationId: z.uuid(),
  /** A turn of the conversation that this one takes the place of, with all that came after it; '' for none. */
  replaces: z.union([z.uuid(), z.literal('')]),
  /** Not bounded here: a prompt that is too long gets its own clear error. */
  prompt: z.string(),
  provider: providerIdSchema,
  /** Model name; '' for the provider's default. */
  model: z.string().max(300),
  voice: z.string().max(200),
});
export type SendArguments = z.infer<typeof sendArgumentsSchema>;

export const heardSchema = z.object({
  turnId: z.uuid(),
  sentenceIndex: z.number().int().min(-1),
  sentenceMs: z.number().min(0),
});

export const stopArgumentsSchema = z.object({ turnId: z.uuid(), heard: heardSchema.optional() });
export type StopArguments = z.infer<typeof stopArgumentsSchema>;

/** The conversation that a prompt is being typed in; one that has no turn yet is not known to main. */
export const wakeArgumentsSchema = z.object({ conversationId: z.uuid() });
export type WakeArguments = z.infer<typeof wakeArgumentsSchema>;

export const resayArgumentsSchema = z.object({
  turnId: z.uuid(),
  /** Index of the first sentence. */
  from: z.number().int().min(0),
  /** Offset in the answer; sentences that end before it are passed over. */
  offset: z.number().int().min(0),
});
export type ResayArguments = z.infer<typeof resayArgumentsSchema>;

/** Says a kept answer (again). */
export const replayArgumentsSchema = z.object({
  /** The id under which it is spoken; a new one each time. */
  replayId: z.uuid(),
  turnId: z.uuid(),
  /** Offset in the answer; the sentence in which it lies is the first that is said. */
  from: z.number().int().min(0),
});
export type ReplayArguments = z.infer<typeof replayArgumentsSchema>;

/** Says a short text, to try a voice or a blend of two. */
export const sampleArgumentsSchema = z.object({
  replayId: z.uuid(),
  text: z.string().min(1).max(1_000),
  voice: z.union([z.string().max(200), blendSchema]),
});
export type SampleArguments = z.infer<typeof sampleArgumentsSchema>;

/** A voice's id in the library. */
export const voiceIdSchema = z.string().min(1).max(200);

/** A new voice's name, as typed: main says what is wrong with it. */
const newNameSchema = z.string().max(1_000);

export const saveBlendSchema = blendSchema.extend({ name: newNameSchema });
export type SaveBlendArguments = z.infer<typeof saveBlendSchema>;

/** A recording to be kept as a voice. It comes as samples, never as a path. */
export const saveRecordingSchema = z.object({
  name: newNameSchema,
  language: z.string().min(2).max(35),
  /** The words that are said in it; more than this cannot be said in so short a time. */
  transcript: z.string().max(10_000),
  /** Mono, `SAMPLE_RATE`. */
  pcm: z
    .instanceof(Int16Array)
    .refine(({ length }) => length <= LONGEST_S * SAMPLE_RATE, 'longer than any recording may be'),
});
export type SaveRecordingArguments = z.infer<typeof saveRecordingSchema>;

/** A voice file that was chosen or dropped in the window: its name, for sentences, and its text; never a path. */
export const addVoiceFileSchema = z.object({
  name: z.string().max(500),
  text: z.string().max(LARGEST_VOICE_FILE),
});
export type AddVoiceFileArguments = z.infer<typeof addVoiceFileSchema>;

export const renameArgumentsSchema = z.object({ id: z.uuid(), title: titleSchema });
export type RenameArguments = z.infer<typeof renameArgumentsSchema>;

/** What a person may search for. */
export const searchSchema = z.string().max(500);

/** Text for the clipboard: at most a whole conversation. */
export const clipboardSchema = z.string().max(20_000_000);

export const keyArgumentsSchema = z.object({ provider: providerIdSchema, key: z.string().max(1_000) });
export type KeyArguments = z.infer<typeof keyArgumentsSchema>;

/** Looks at this machine. */
export const diagnoseArgumentsSchema = z.object({
  /** Sound output devices that the window sees. */
  outputs: z.number().int().min(0),
  /** Whether the chosen provider's server is asked, too. */
  askProvider: z.boolean(),
});
export type DiagnoseArguments = z.infer<typeof diagnoseArgumentsSchema>;

/** A report for the clipboard. */
export const reportSchema = z.string().max(200_000);

/** How a key is kept: encrypted on disk, or in memory only because the system has no safe place for it. */
export type KeyKeeping = 'stored' | 'until-quit';

/** What came of settings from a file. */
export interface SettingsImport {
  readonly settings: Settings;
  /** Labels of providers whose address was left as it is, because a key of theirs would be sent to another one. */
  readonly keptAddresses: readonly string[];
}

/** A provider as the picker shows it. */
export interface ProviderListing {
  readonly id: ProviderId;
  readonly label: string;
  readonly baseUrl: string;
  /** The model used when none is picked; '' when the server decides. */
  readonly model: string;
  readonly needsKey: boolean;
  /** Whether a key is stored or in the environment; never the key. */
  readonly hasKey: boolean;
  /** How its key is kept, or would be; `environment`: it comes from a variable. */
  readonly keyKeeping: KeyKeeping | 'environment';
  /** For local servers: whether it answered when last asked. Always true for the others. */
  readonly reachable: boolean;
}

/** A voice model that the person added as a folder. */
export interface ModelFolderListing {
  /** Its name; what the setting `voiceModel` takes. */
  readonly id: string;
  readonly licence: string;
  /** What the licence asks of whoever uses it, a sentence each. */
  readonly useClauses: readonly string[];
  /** Bytes. */
  readonly size: number;
  /** Why it cannot be used, one sentence; '' when it can. */
  readonly problem: string;
}

/** On what voices can run here. */
export interface VoicePlaces {
  /** Execution providers of this platform, the most wanted first. */
  readonly eps: readonly EpName[];
  /** Why CUDA cannot be used with the folder that is set, a clause; '' when it can, or is not of this platform. */
  readonly cudaProblem: string;
}

/** How the program as a whole stands. */
export type Readiness =
  | {
      readonly state: 'starting';
      readonly message: string;
      /** Share of it that is done, 0 to 1; undefined where that is not known. */
      readonly done?: number | undefined;
    }
  | {
      readonly state: 'ready';
      readonly engine: string;
      readonly ep: string;
      /** Threads of one run of the engine. */
      readonly threads: number;
      /** What was found when the execution provider was chosen, a line each. */
      readonly epReport?: readonly string[];
    }
  /** The voice was not used for as long as is set, and its memory is free; it is loaded again when it is wanted. */
  | { readonly state: 'resting' }
  | { readonly state: 'failed'; readonly error: AppError };

/** The figures of the newest prompts, as main keeps them. */
export interface FiguresReading {
  /** The newest last. */
  readonly turns: readonly KeptFigures[];
  /** Why they will not outlive a restart; undefined when they will. */
  readonly problem: AppError | undefined;
}

/** What main tells the window unasked. */
export type WindowNotice =
  | { readonly type: 'readiness'; readonly readiness: Readiness }
  /** Something happened that the person should know, once. */
  | { readonly type: 'error'; readonly error: AppError; readonly turnId: string | undefined }
  | { readonly type: 'voices-changed' }
  /** A model was installed, updated or removed, or another one is used. */
  | { readonly type: 'models-changed' }
  /** How an install stands; undefined: there is none any more. */
  | { readonly type: 'model-task'; readonly id: string; readonly task: InstallTask | undefined }
  /** Another set of local servers answers than before. */
  | { readonly type: 'providers-changed' }
  /** A media key of the keyboard, or the tray. */
  | { readonly type: 'media-key'; readonly key: 'play-pause' | 'next' | 'previous' | 'stop' }
  /** The computer goes to sleep, or woke up. */
  | { readonly type: 'power'; readonly asleep: boolean }
  /** A text to be read aloud now, in a conversation of its own: what the person had in the clipboard. */
  | { readonly type: 'speak'; readonly text: string }
  /** A text for the prompt box, from a link; never sent by itself. */
  | { readonly type: 'draft'; readonly text: string }
  /** A voice file was opened with Aloud, and its voice was added. */
  | { readonly type: 'voice-added'; readonly id: string }
  /** The next result of a `diagnose` that runs. */
  | { readonly type: 'check'; readonly result: CheckResult }
  /** Something that main's menu offers. */
  | { readonly type: 'menu'; readonly action: MenuAction };

/** What the menu bar can ask the window for. */
export type MenuAction =
  'new-conversation' | 'search' | 'voices' | 'models' | 'figures' | 'diagnostics' | 'settings' | 'chat';

/** The API of the page. Nothing else of the system is within its reach. */
export interface AloudBridge {
  /** Starts a turn. Refused with a clear error when the prompt, key, model or voice will not do. */
  send(args: SendArguments): Promise<Result<null>>;
  /** Stops a turn. */
  stop(args: StopArguments): Promise<Result<null>>;
  /** A prompt is being typed: voice and built-in model are loaded if they rest, and the model reads what it will follow on. */
  wake(args: WakeArguments): Promise<Result<null>>;
  /** Says the running turn's sentences from one on (again), in the voice and speed that are set now. */
  resay(args: ResayArguments): Promise<Result<null>>;
  replay(args: ReplayArguments): Promise<Result<null>>;
  sample(args: SampleArguments): Promise<Result<null>>;
  /** The kept conversations, newest first; with a query those that hold it. */
  conversations(query: string): Promise<Result<readonly ConversationEntry[]>>;
  openConversation(id: string): Promise<Result<StoredConversation>>;
  renameConversation(args: RenameArguments): Promise<Result<null>>;
  /** Until the program ends `restoreConversation` brings it back. */
  deleteConversation(id: string): Promise<Result<null>>;
  restoreConversation(id: string): Promise<Result<null>>;
  /** Asks where and writes an answer's sound as a WAV file. Its path; '' when the person gave up. */
  saveWav(turnId: string): Promise<Result<string>>;
  copyText(text: string): Promise<Result<null>>;
  /** Opens a link of an answer in the person's browser. Refused for what is no web or mail address. */
  openLink(url: string): Promise<Result<null>>;
  settings(): Promise<Result<Settings>>;
  changeSettings(patch: SettingsPatch): Promise<Result<Settings>>;
  /** Takes a provider's key; '' removes it. Keys cannot be read back. */
  setKey(args: KeyArguments): Promise<Result<KeyKeeping>>;
  voices(): Promise<Result<readonly VoiceListing[]>>;
  /** Keeps a blend of two voices as a voice of the person's own; its id. */
  saveBlend(args: SaveBlendArguments): Promise<Result<string>>;
  /** Keeps a recording as a voice of the person's own; its id. */
  saveRecording(args: SaveRecordingArguments): Promise<Result<string>>;
  /** Adds the voice of a voice file to the person's own; its id. */
  addVoiceFile(args: AddVoiceFileArguments): Promise<Result<string>>;
  /** Asks where to, and writes one of the person's own voices as a voice file. Its path; '' when the person gave up. */
  saveVoiceFile(id: string): Promise<Result<string>>;
  /** Takes one of the person's own voices away. Until the program ends `restoreVoice` brings it back. */
  removeVoice(id: string): Promise<Result<null>>;
  restoreVoice(id: string): Promise<Result<null>>;
  /** Makes a voice the one that speaks when none is chosen. */
  setDefaultVoice(id: string): Promise<Result<null>>;
  /** Shows the folder of the person's own voices in the system's file manager. */
  openVoicesFolder(): Promise<Result<null>>;
  providers(): Promise<Result<readonly ProviderListing[]>>;
  /** The voice models that were added as folders. */
  modelFolders(): Promise<Result<readonly ModelFolderListing[]>>;
  /** Asks for a folder with a voice model and adds it. Its listing; null when the person gave up. */
  addModelFolder(): Promise<Result<ModelFolderListing | null>>;
  /** The models of the catalog and those that were added. */
  modelShelf(): Promise<Result<ModelShelf>>;
  /** Starts an install, an update or a repair, or goes on with one; notices tell how it goes. */
  installModel(id: string): Promise<Result<null>>;
  /** Stops an install and keeps what was received. */
  pauseInstall(id: string): Promise<Result<null>>;
  /** Ends an install and deletes what was received. */
  cancelInstall(id: string): Promise<Result<null>>;
  /** Deletes a model from the disk. */
  removeModel(id: string): Promise<Result<null>>;
  /** Shows where a model lies in the system's own file manager. */
  showModelFolder(id: string): Promise<Result<null>>;
  /** On what voices can run on this platform. */
  voicePlaces(): Promise<Result<VoicePlaces>>;
  /** Asks for a folder with CUDA's libraries and keeps it. The settings; null when the person gave up. */
  chooseCudaFolder(): Promise<Result<Settings | null>>;
  /** Model names that the provider's server offers. */
  models(provider: ProviderId): Promise<Result<readonly string[]>>;
  /** Makes a small, real request to a provider as it is set now. */
  tryProvider(provider: ProviderId): Promise<Result<ProviderTrial>>;
  /** Measures how fast the chosen voice is on this machine; nothing is heard. */
  checkSpeed(): Promise<Result<SpeedReport>>;
  /** Asks where and writes the settings, without keys. The file's path; '' when the person gave up. */
  exportSettings(): Promise<Result<string>>;
  /** Asks for a file with settings and takes them over; null when the person gave up. */
  importSettings(): Promise<Result<SettingsImport | null>>;
  readiness(): Promise<Result<Readiness>>;
  /** Makes the checks of this machine. Each is told by a `check` notice as it is made; the answer has them all. */
  diagnose(args: DiagnoseArguments): Promise<Result<readonly CheckResult[]>>;
  /** Keeps the figures of a prompt whose turn has ended. */
  keepFigures(figures: KeptFigures): Promise<Result<null>>;
  /** The figures of the newest prompts. */
  keptFigures(): Promise<Result<FiguresReading>>;
  /** What each process takes of the machine now. */
  processes(): Promise<Result<readonly ProcessFigures[]>>;
  /** Copies a report, without what tells who the person is. */
  copyReport(text: string): Promise<Result<null>>;
  /** Calls back for each notice; returns the function that ends it. */
  onNotice(handler: (notice: WindowNotice) => void): () => void;
  /**
   * Asks main for the page's two ports. Each arrives by a `message` event of the window with `{ aloudPort: 'turn' | 'player' }` and
   * the port, from the page's own origin.
   * They come again whenever the process at the other end was started anew.
   */
  connect(): Promise<Result<null>>;
}
