/** What each call of the window does. Arguments are checked already; see `bridge-handlers.ts`. */
import { firstTitle } from '../common/conversation.ts';
import type { Replay } from '../common/ports/assistant-control.ts';
import { appError, err, ok, toAppError, type Result } from '../common/result.ts';
import type { Settings, SettingsPatch } from '../common/settings.ts';
import { PHRASES } from '../common/strings/phrases.ts';
import { FAILURES } from '../common/strings/failures.ts';
import { engineOf, OWN_VOICE_ID, type VoiceListing, type VoiceSource } from '../common/voice.ts';
import type { OwnVoices } from '../library/own-voices.ts';
import { trialBlend } from '../library/voice-blend.ts';
import type { VoiceLibrary } from '../library/voices.ts';
import { thisPerson, withoutPerson } from '../library/without-person.ts';
import type { BridgeCalls } from './bridge-handlers.ts';
import type { ConversationStore } from './conversations/conversation-store.ts';
import type { Desk } from './desk.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { CloningModels } from './cloning-models.ts';
import type { Household } from './household.ts';
import type { KeyStore } from './key-store.ts';
import type { LocalServers } from './local-servers.ts';
import type { ModelLibrary } from './model-library.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import { processFigures } from './process-figures.ts';
import { exportSettings, readImport } from './settings-exchange.ts';
import type { SettingsStore } from './settings-store.ts';
import type { TurnLog } from './turn-log.ts';
import type { Shortcuts } from './shortcuts.ts';
import type { TrayIcon } from './tray.ts';
import type { VoicePlace } from './voice-place.ts';
import { voiceCalls } from './voice-calls.ts';
import type { WavExport } from './wav-export.ts';

export interface CallParts {
  readonly household: Household;
  readonly settings: SettingsStore;
  readonly keys: KeyStore;
  readonly providers: ProviderDirectory;
  readonly localServers: LocalServers;
  readonly voices: VoiceLibrary;
  readonly ownVoices: OwnVoices;
  /** Absolute path of the person's own voices. */
  readonly ownVoicesFolder: string;
  /** Absolute path of a folder for blends that are only tried. */
  readonly triedBlendsFolder: string;
  readonly conversations: ConversationStore;
  readonly wav: WavExport;
  readonly desk: Desk;
  readonly cloning: CloningModels;
  readonly models: ModelLibrary;
  readonly shortcuts: Shortcuts;
  readonly tray: TrayIcon;
  /** The page has begun to listen. */
  readonly pageListens: () => void;
  readonly diagnostics: Diagnostics;
  readonly turnLog: TurnLog;
  readonly voicePlace: VoicePlace;
}

export function createCalls(parts: CallParts): BridgeCalls {
  const { household, settings, keys, providers, localServers, voices, conversations, wav, desk } = parts;
  const { cloning, models, diagnostics, turnLog, voicePlace } = parts;
  /** Resolves when what was heard of the turn that was stopped last is kept: what follows is built on it. */
  let stopped: Promise<void> = Promise.resolve();

  const replay = async (
    what: Pick<Replay, 'turnId' | 'text' | 'from'>,
    voiceId: string,
  ): Promise<Result<null>> => {
    const voice = await resolveVoice(parts, voiceId);
    return voice.ok ? replayWith(what, voice.value) : voice;
  };
  const replayWith = (
    what: Pick<Replay, 'turnId' | 'text' | 'from'>,
    voice: VoiceSource,
  ): Promise<Result<null>> => {
    const { speed, pauseMs, crossfadeMs, reading } = settings.settings;
    return household.startReplay({ ...what, voice, speed, pauseMs, crossfadeMs, reading });
  };

  const changeSettings = async (patch: SettingsPatch): Promise<Result<Settings>> => {
    const before = settings.settings;
    const changed = await settings.change(patch);
    if (changed.ok) await voicePlace.settingsChanged(before, changed.value);
    if (changed.ok && patch.theme !== undefined) desk.showTheme(patch.theme);
    if (changed.ok && patch.shortcuts !== undefined) parts.shortcuts.apply(patch.shortcuts);
    if (changed.ok && patch.trayIcon !== undefined) parts.tray.show(patch.trayIcon);
    if (changed.ok && (patch.voice !== undefined || patch.speed !== undefined)) {
      const voice = await resolveVoice(parts, changed.value.voice);
      if (voice.ok) household.changeVoice(voice.value, changed.value.speed);
    }
    if (changed.ok && patch.provider === 'built-in') void household.warmModel();
    return changed;
  };

  return {
    ...voiceCalls(parts),

    async send(args) {
      const [provider, voice] = await Promise.all([
        providers.configure(args.provider, args.model),
        resolveVoice(parts, args.voice),
      ]);
      if (!provider.ok) return provider;
      if (!voice.ok) return voice;
      await stopped;
      const { turnId, conversationId, replaces, prompt } = args;
      conversations.begin({
        id: turnId,
        conversationId,
        prompt,
        provider: args.provider,
        voice: args.voice,
        replaces,
      });
      const exchanges = conversations.exchanges(conversationId).filter((past) => past.turnId !== turnId);
      const { systemPrompt, speed, pauseMs, crossfadeMs, reading } = settings.settings;
      return household.startTurn(
        {
          turnId,
          prompt,
          provider: provider.value,
          voice: voice.value,
          systemPrompt,
          speed,
          pauseMs,
          crossfadeMs,
          reading,
        },
        exchanges,
      );
    },

    async stop(args) {
      stopped = household.stopTurn(args);
      await stopped;
      return ok(null);
    },

    async wake({ conversationId }) {
      const { systemPrompt } = settings.settings;
      await household.wake({ systemPrompt, exchanges: conversations.exchanges(conversationId) });
      return ok(null);
    },

    async resay(args) {
      const { voice: id, speed } = settings.settings;
      const voice = await resolveVoice(parts, id);
      if (!voice.ok) return voice;
      household.resay(args, voice.value, speed);
      return ok(null);
    },

    async replay({ replayId, turnId, from }) {
      await stopped;
      const { answer: text } = conversations.turn(turnId);
      return replay({ turnId: replayId, text, from }, settings.settings.voice);
    },

    async sample({ replayId, text, voice }) {
      await stopped;
      const what = { turnId: replayId, text, from: 0 };
      if (typeof voice === 'string') return replay(what, voice);
      return replayWith(what, await trialBlend(voices, voice, parts.triedBlendsFolder));
    },

    conversations: async (query) => Promise.resolve(ok(conversations.list(query))),
    openConversation: async (id) => Promise.resolve(ok(conversations.open(id))),

    async renameConversation({ id, title }) {
      conversations.rename(id, title);
      return Promise.resolve(ok(null));
    },

    async deleteConversation(id) {
      conversations.delete(id);
      return Promise.resolve(ok(null));
    },

    async restoreConversation(id) {
      conversations.restore(id);
      return Promise.resolve(ok(null));
    },

    async saveWav(turnId) {
      const { answer, prompt } = conversations.turn(turnId);
      const { voice: id, speed, pauseMs, reading } = settings.settings;
      const voice = await resolveVoice(parts, id);
      if (!voice.ok) return voice;
      const path = await desk.askWhereToSave(firstTitle(prompt));
      if (path === '') return ok('');
      return wav.write({ text: answer, voice: voice.value, speed, pauseMs, reading, out: path });
    },

    async copyText(text) {
      desk.copy(text);
      return Promise.resolve(ok(null));
    },

    openLink: (url) => desk.openLink(url),

    settings: async () => Promise.resolve(ok(settings.settings)),

    changeSettings,

    setKey: ({ provider, key }) => keys.set(provider, key.trim()),

    async voices() {
      const listings = await voices.list();
      return ok(usableVoices(listings, await cloning.isThere()));
    },

    modelFolders: async () => ok(await cloning.list()),
    addModelFolder: () => cloning.add(),

    modelShelf: () => models.shelf(),
    installModel: (id) => models.install(id),
    pauseInstall: (id) => models.pause(id),
    cancelInstall: (id) => models.cancel(id),
    removeModel: (id) => models.remove(id),

    async showModelFolder(id) {
      const folder = await models.folderOf(id);
      if (folder.ok) desk.showFolder(folder.value);
      return folder.ok ? ok(null) : folder;
    },
    voicePlaces: async () => Promise.resolve(ok(voicePlace.facts())),
    chooseCudaFolder: () => voicePlace.chooseCudaFolder(),

    async providers() {
      void localServers.look();
      return Promise.resolve(ok(providers.list(localServers.answering)));
    },

    async models(id) {
      const config = await providers.configure(id, '');
      if (!config.ok) return config;
      return household.listModels(config.value);
    },

    async tryProvider(id) {
      const config = await providers.configure(id, '');
      return config.ok ? household.tryProvider(config.value) : config;
    },

    async checkSpeed() {
      const voice = await resolveVoice(parts, settings.settings.voice);
      return voice.ok ? household.checkSpeed(voice.value) : voice;
    },

    async exportSettings() {
      const path = await desk.askWhereToExport();
      return path === '' ? ok('') : exportSettings(path, settings.settings);
    },

    async importSettings() {
      const path = await desk.askWhatToImport();
      if (path === '') return ok(null);
      const read = await readImport(path, settings.settings, (id) => keys.keyOf(id) !== '');
      if (!read.ok) return read;
      const changed = await changeSettings(read.value.patch);
      return changed.ok ? ok({ settings: changed.value, keptAddresses: read.value.keptAddresses }) : changed;
    },

    readiness: async () => Promise.resolve(ok(household.readiness)),

    diagnose: (args) => diagnostics.run(args),

    async keepFigures(figures) {
      await turnLog.add(figures);
      return ok(null);
    },
    keptFigures: async () => ok(await turnLog.list()),
    processes: async () => Promise.resolve(ok(processFigures())),

    async copyReport(text) {
      desk.copy(withoutPerson(text, thisPerson()));
      return Promise.resolve(ok(null));
    },

    async connect(page) {
      household.connectPage(page);
      parts.pageListens();
      return Promise.resolve(ok(null));
    },
  };
}

/** The voice of an id: the library's, or a cloning model's own. Throws as the library does. */
export async function voiceOf(voices: VoiceLibrary, id: string): Promise<VoiceSource> {
  if (id === OWN_VOICE_ID) return { kind: 'own', id, language: 'en-US' };
  return voices.resolve(id);
}

async function resolveVoice(
  { voices, cloning }: Pick<CallParts, 'voices' | 'cloning'>,
  id: string,
): Promise<Result<VoiceSource>> {
  try {
    const voice = await voiceOf(voices, id);
    if (engineOf(voice) === 'kokoro' || (await cloning.isThere())) return ok(voice);
    return err(appError('voice-unsupported', 'voice', FAILURES.voices.needsCloning(voice.id)));
  } catch (thrown) {
    return err(toAppError(thrown, 'voice'));
  }
}

/** The library's voices as they can be used now, and the cloning model's own where there is one. */
function usableVoices(listings: readonly VoiceListing[], canClone: boolean): VoiceListing[] {
  if (canClone) return [...listings, OWN_VOICE];
  return listings.map((voice) =>
    voice.problem !== '' || voice.engine === 'kokoro'
      ? voice
      : { ...voice, problem: PHRASES.voices.recordingNeedsCloning },
  );
}

const OWN_VOICE: VoiceListing = {
  id: OWN_VOICE_ID,
  name: PHRASES.voices.higgsOwn,
  language: 'en-US',
  licence: PHRASES.voices.higgsOwnLicence,
  description: PHRASES.voices.higgsOwnDescription,
  grade: '',
  engine: 'higgs-audio',
  origin: 'model',
  isDefault: false,
  problem: '',
};
