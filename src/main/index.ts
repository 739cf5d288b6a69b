/** Electron's main process: puts the parts together and nothing else. */
import { app, globalShortcut, safeStorage } from 'electron';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { keysInWords } from '../common/accelerator.ts';
import type { EpChoice } from '../common/engine.ts';
import { appError, toAppError, type AppError, type Result } from '../common/result.ts';
import { BUILT_IN_MODEL } from '../common/provider.ts';
import { FAILURES } from '../common/strings/failures.ts';
import type { EngineId } from '../common/voice.ts';
import { DICTIONARY_FILE } from '../library/dictionary.ts';
import { aloudLink } from './aloud-link.ts';
import { ConversationStore } from './conversations/conversation-store.ts';
import { KeptDatabase } from './conversations/kept-database.ts';
import { electronDesk } from './desk.ts';
import { watchFolder } from './folder-watch.ts';
import { setMenu } from './menu.ts';
import { passOnSystemEvents } from './system-events.ts';
import { VoicePlace } from './voice-place.ts';
import { WavExport } from './wav-export.ts';
import { NO_CUDA, setUpCuda } from '../library/cuda/cuda-setup.ts';
import { cacheFolder, ownVoicesFolder, surroundings } from '../library/paths.ts';
import { openOwnVoices } from '../library/own-voices.ts';
import { keepAppStart } from '../library/app-starts.ts';
import { addVoiceFile, readVoiceFile } from '../library/voice-file.ts';
import { openVoiceLibrary } from '../library/voices.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { createCalls, voiceOf } from './calls.ts';
import { CloningModels } from './cloning-models.ts';
import { commandWords } from './command-words.ts';
import { registerBridge } from './bridge-handlers.ts';
import { childEnvironment } from './child-environment.ts';
import { Diagnostics } from './diagnostics.ts';
import { DictionaryWatch } from './dictionary-watch.ts';
import { Household } from './household.ts';
import { KeyStore, systemCipher } from './key-store.ts';
import { LocalServers } from './local-servers.ts';
import { ModelDirectory, SPEECH_MODEL, type SpeechModelFolders } from './model-directory.ts';
import { ModelLibrary } from './model-library.ts';
import { endReasons } from './processes/end-reasons.ts';
import { openedVoiceFile } from './opened-file.ts';
import { ProviderDirectory } from './provider-directory.ts';
import { findResources } from './resources.ts';
import { runCommand } from './run-command.ts';
import { SettingsStore } from './settings-store.ts';
import { Shortcuts } from './shortcuts.ts';
import { TurnLog } from './turn-log.ts';
import { StartTimes } from './start-times.ts';
import { askToStartAgain } from './start-again.ts';
import { TrayIcon, type OutsideActions } from './tray.ts';
import { offerUpdate } from './updates.ts';
import { denyPermissions, ShownWindow } from './window.ts';

/** How long the way out may take, ms. */
const LONGEST_QUIT_MS = 5_000;

const words = commandWords(process.argv);
if (words !== undefined) {
  void runCommand(words);
} else {
  registerAppScheme();
  // The player has the audio thread's garbage collected: see `renderer/player/garbage.ts`.
  app.commandLine.appendSwitch('js-flags', '--expose-gc');
  if (app.requestSingleInstanceLock()) void start();
  else app.quit();
}

async function start(): Promise<void> {
  const shown = new ShownWindow();
  const tell = (error: AppError | undefined): void => {
    if (error !== undefined) shown.deliver({ type: 'error', error, turnId: undefined });
  };
  const resources = findResources(join(import.meta.dirname, '..'));
  const userData = app.getPath('userData');
  const around = surroundings();
  const ownFolder = ownVoicesFolder(around);
  const voices = openVoiceLibrary({ shipped: resources.voicesFolder, own: ownFolder });
  const ownVoices = openOwnVoices(ownFolder, voices);
  const openVoice = async (path: string): Promise<void> => {
    try {
      const text = await readVoiceFile(path);
      const id = await addVoiceFile({ library: voices, ownVoices }, text, basename(path));
      shown.deliver({ type: 'voice-added', id });
    } catch (thrown) {
      tell(toAppError(thrown, 'voice'));
    }
  };
  const follow = (words: readonly string[], folder: string): void => {
    const voiceFile = openedVoiceFile(words, folder);
    if (voiceFile !== undefined) void openVoice(voiceFile);
    const link = aloudLink(words);
    if (link?.kind === 'prompt') shown.deliver({ type: 'draft', text: link.text });
  };
  // Before anything is waited for: macOS hands over the link that started the program ahead of its being ready.
  app.on('second-instance', (_event, words, folder) => {
    follow(words, folder);
    shown.focus();
  });
  app.on('open-url', (_event, link) => {
    follow([link], '');
    shown.focus();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    follow([path], '');
    shown.focus();
  });
  const models = new ModelDirectory(resources.modelsFolder, around);
  const triedBlendsFolder = join(userData, 'tried-blends');
  const settings = await SettingsStore.open(join(userData, 'settings.json'));
  const cloning = new CloningModels(
    around,
    () => settings.settings.voiceModel,
    () => shown.notify({ type: 'voices-changed' }),
  );
  const dictionary = await DictionaryWatch.open(join(userData, DICTIONARY_FILE));
  const database = new KeptDatabase(join(userData, 'conversations.db'), {
    onUnwritable: (error) => tell(error),
  });
  const conversations = new ConversationStore(database);
  const speechModel = (engine: EngineId): Promise<Result<SpeechModelFolders>> =>
    engine === 'kokoro' ? models.speechModel() : models.inFolder(cloning.folder());
  let cuda = NO_CUDA;
  const cudaLookedFor = setUpCuda(settings.settings.cudaFolder, around).then((found) => {
    cuda = found;
  });
  const ep = (engine: EngineId): EpChoice => settings.settings.ep[engine] ?? 'auto';
  const startTimes = new StartTimes({
    startedAtMs: process.getCreationTime() ?? performance.timeOrigin,
    version: app.getVersion(),
    keep: (started) => void keepAppStart(cacheFolder(around), started),
  });
  const household = new Household({
    entry: resources.entry,
    env: childEnvironment(process.env),
    cuda: () => cuda,
    dataFolder: resources.modelsFolder,
    speechModel,
    cacheFolder: cacheFolder(around),
    ep,
    firstVoice: () => voiceOf(voices, settings.settings.voice),
    dictionary: () => dictionary.entries,
    firstModelPath: () => models.firstModelPath(settings.settings.provider),
    notify: (notice) => shown.notify(notice),
    onReady: (what) => startTimes.ready(what),
    askToStartAgain,
    keep: (record) => conversations.record(record),
    restAfterMs: () => {
      const { keepLoadedMinutes } = settings.settings;
      return keepLoadedMinutes === 0 ? undefined : keepLoadedMinutes * 60_000;
    },
  });
  const wav = new WavExport({
    entry: resources.entry('wav'),
    speechThread: resources.entry('speech-thread'),
    env: childEnvironment(process.env),
    cuda: () => cuda,
    dataFolder: resources.modelsFolder,
    cacheFolder: cacheFolder(around),
    speechModel,
    ep: (engine) => household.epFor(engine),
  });

  const library = new ModelLibrary({
    store: () => models.store(),
    folders: () => models.folders(),
    install: { env: childEnvironment(process.env) },
    useOf: ({ id, folder }) => {
      if (folder === household.voiceModelFolder) return 'voice';
      return id === BUILT_IN_MODEL && settings.settings.provider === 'built-in' ? 'answers' : 'none';
    },
    onChanged: (id) => {
      if (id === BUILT_IN_MODEL) void household.warmModel();
      else if (basename(household.voiceModelFolder ?? SPEECH_MODEL) === id) household.reloadVoice();
      shown.notify({ type: 'voices-changed' });
    },
    notify: (notice) => shown.notify(notice),
  });

  endReasons.listen();
  await app.whenReady();
  // The window need not wait for that; the voice's process must be started with it.
  void cudaLookedFor.then(() => household.start());
  const keys = await KeyStore.open(
    join(userData, 'keys.json'),
    systemCipher(safeStorage, process.platform),
    process.env,
  );
  const voicePlace = new VoicePlace({
    settings,
    look: async (folder) => {
      cuda = await setUpCuda(folder, around);
    },
    cuda: () => cuda,
    restartVoice: () => household.restartVoice(),
  });
  const providers = new ProviderDirectory({
    settings: () => settings.settings,
    keyOf: (provider) => keys.keyOf(provider),
    keepingOf: (provider) => keys.keepingOf(provider),
    builtInModel: () => models.builtInModel(),
  });
  const localServers = new LocalServers(
    async (id, timeoutMs) => {
      const config = await providers.configure(id, '');
      return config.ok && (await household.listModels(config.value, timeoutMs)).ok;
    },
    () => shown.notify({ type: 'providers-changed' }),
  );
  const outside: OutsideActions = {
    showHide: () => shown.showHide(),
    speakClipboard: () =>
      void electronDesk.pasted().then((text) => {
        if (text.trim() === '') tell(emptyClipboard());
        else shown.deliver({ type: 'speak', text });
      }),
    stop: () => shown.notify({ type: 'media-key', key: 'stop' }),
    quit: () => app.quit(),
  };
  const shortcuts = new Shortcuts(globalShortcut, outside, (accelerator) => tell(shortcutTaken(accelerator)));
  const tray = new TrayIcon(resources.trayIcon, outside);
  const diagnostics = new Diagnostics({
    entry: resources.entry('diagnostics'),
    env: childEnvironment(process.env),
    folders: {
      dataFolder: resources.modelsFolder,
      shippedVoices: resources.voicesFolder,
      settingsFolder: userData,
    },
    readiness: () => household.readiness,
    askProvider: async () => {
      const { provider } = settings.settings;
      const label = providers.list(new Set()).find(({ id }) => id === provider)?.label ?? provider;
      const config = await providers.configure(provider, '');
      if (!config.ok) return { label, models: config };
      if (config.value.kind !== 'openai-compatible') return { label, models: undefined };
      return { label, models: await household.listModels(config.value) };
    },
    onResult: (result) => shown.notify({ type: 'check', result }),
  });
  denyPermissions();
  electronDesk.showTheme(settings.settings.theme);
  setMenu((action) => shown.notify({ type: 'menu', action }));
  passOnSystemEvents((notice) => shown.notify(notice));
  const endWatch = watchFolder(ownFolder, () => shown.notify({ type: 'voices-changed' }));
  serveApp(resources.rendererFolder);
  registerBridge(
    createCalls({
      household,
      settings,
      keys,
      providers,
      localServers,
      voices,
      ownVoices,
      ownVoicesFolder: ownFolder,
      triedBlendsFolder,
      cloning,
      models: library,
      conversations,
      wav,
      desk: electronDesk,
      shortcuts,
      tray,
      pageListens: () => shown.pageListens(),
      diagnostics,
      turnLog: new TurnLog(join(userData, 'figures.json')),
      voicePlace,
    }),
    (page) => shown.owns(page),
  );
  const window = shown.open(resources.preloadFile);
  window.webContents.once('did-finish-load', () => startTimes.ready('window'));
  tell(settings.problem);
  tell(dictionary.problem);
  tell(database.problem);
  shortcuts.apply(settings.settings.shortcuts);
  tray.show(settings.settings.trayIcon);
  follow(process.argv, process.cwd());
  dictionary.onChange(() => {
    household.changeDictionary();
    tell(dictionary.problem);
  });
  if (settings.settings.checkForUpdates) void offerUpdate();
  app.on('window-all-closed', () => app.quit());
  // Whatever holds the end up, a process that hangs or a page that does not close: a program that was quit is gone.
  app.once('before-quit', () => setTimeout(() => app.exit(), LONGEST_QUIT_MS));
  app.on('before-quit', (event) => {
    if (!settings.isWriting) return;
    event.preventDefault();
    void settings.settled().then(() => app.quit());
  });
  app.on('will-quit', () => {
    dictionary.close();
    endWatch();
    globalShortcut.unregisterAll();
    library.stop();
    household.stop();
    conversations.close();
    ownVoices.purge();
    rmSync(triedBlendsFolder, { recursive: true, force: true });
  });
}

function emptyClipboard(): AppError {
  return appError('nothing-to-say', 'text', FAILURES.desk.clipboardEmpty);
}

function shortcutTaken(accelerator: string): AppError {
  return appError('shortcut-taken', 'system', FAILURES.desk.shortcutTaken(keysInWords(accelerator)));
}

process.on('unhandledRejection', (reason) => {
  const error = appError('internal', 'system', {
    message: reason instanceof Error ? reason.message : String(reason),
  });
  console.error(error.message);
});
