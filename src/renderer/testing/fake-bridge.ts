/** `window.aloud` without Electron: answers like main, can refuse or reject any call, and notes what was asked. */
import type { AloudBridge, ProviderListing, WindowNotice } from '../../common/ports/bridge.ts';
import type { CheckResult } from '../../common/diagnostics.ts';
import type { StoredConversation } from '../../common/conversation.ts';
import type { ModelShelf } from '../../common/model.ts';
import type { ProviderId } from '../../common/provider.ts';
import { err, ok, type AppError, type Result } from '../../common/result.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../common/settings.ts';
import type { VoiceListing } from '../../common/voice.ts';

type CallName = Exclude<keyof AloudBridge, 'onNotice'>;

export const FAKE_VOICES: readonly VoiceListing[] = [
  voice('af_heart', 'Heart', { isDefault: true, grade: 'A' }),
  voice('bm_george', 'George', { language: 'en-GB', grade: 'C' }),
  voice('alice', 'Alice', { problem: 'This is a recording: it needs an engine that clones voices.' }),
];

export const FAKE_PROVIDERS: readonly ProviderListing[] = [
  provider('built-in', 'Built-in model'),
  provider('read-aloud', 'Read aloud'),
  provider('openrouter', 'OpenRouter', { needsKey: true, model: 'meta-llama/llama-3.1-8b-instruct' }),
  provider('ollama', 'Ollama', { reachable: false }),
  provider('custom', 'Custom server'),
];

export class FakeBridge {
  /** Every call that was made, in order. */
  readonly calls: { readonly name: CallName; readonly args: unknown }[] = [];
  settings: Settings = DEFAULT_SETTINGS;
  /** What the checks of the machine find. */
  checks: CheckResult[] = [];
  /** The library. */
  voices: readonly VoiceListing[] = FAKE_VOICES;
  /** The conversations that are kept. */
  kept: StoredConversation[] = [];
  shelf: ModelShelf = { models: [], folder: '/home/me/models', freeBytes: 10e9 };
  private readonly refusals = new Map<CallName, AppError>();
  private readonly broken = new Set<CallName>();
  private readonly handlers = new Set<(notice: WindowNotice) => void>();

  /** From now on the call is answered with the error; undefined lifts that. */
  refuse(name: CallName, error: AppError | undefined): void {
    if (error === undefined) this.refusals.delete(name);
    else this.refusals.set(name, error);
  }

  /** From now on the call rejects, as when main has no handler any more. */
  breakDown(name: CallName): void {
    this.broken.add(name);
  }

  notify(notice: WindowNotice): void {
    for (const handler of this.handlers) handler(notice);
  }

  callsOf(name: CallName): unknown[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args);
  }

  readonly bridge: AloudBridge = {
    send: (args) => this.answer('send', args, () => null),
    stop: (args) => this.answer('stop', args, () => null),
    wake: (args) => this.answer('wake', args, () => null),
    resay: (args) => this.answer('resay', args, () => null),
    replay: (args) => this.answer('replay', args, () => null),
    sample: (args) => this.answer('sample', args, () => null),
    conversations: (query) =>
      this.answer('conversations', query, () => this.kept.filter(({ title }) => title.includes(query))),
    openConversation: (id) => this.answer('openConversation', id, () => this.find(id)),
    renameConversation: (args) => this.answer('renameConversation', args, () => null),
    deleteConversation: (id) => this.answer('deleteConversation', id, () => null),
    restoreConversation: (id) => this.answer('restoreConversation', id, () => null),
    saveWav: (turnId) => this.answer('saveWav', turnId, () => '/home/me/answer.wav'),
    copyText: (text) => this.answer('copyText', text, () => null),
    openLink: (url) => this.answer('openLink', url, () => null),
    settings: () => this.answer('settings', undefined, () => this.settings),
    changeSettings: (patch) =>
      this.answer('changeSettings', patch, () => (this.settings = { ...this.settings, ...patch })),
    setKey: (args) => this.answer('setKey', args, () => 'stored'),
    voices: () => this.answer('voices', undefined, () => this.voices),
    saveBlend: (args) => this.answer('saveBlend', args, () => this.keepVoice(args.name, 'kokoro')),
    saveRecording: (args) =>
      this.answer('saveRecording', args, () => this.keepVoice(args.name, 'higgs-audio')),
    addVoiceFile: (args) => this.answer('addVoiceFile', args, () => this.keepVoice(args.name, 'kokoro')),
    saveVoiceFile: (id) => this.answer('saveVoiceFile', id, () => `/home/me/${id}.aloudvoice`),
    removeVoice: (id) =>
      this.answer('removeVoice', id, () => {
        this.voices = this.voices.filter((voice) => voice.id !== id);
        return null;
      }),
    restoreVoice: (id) =>
      this.answer('restoreVoice', id, () => {
        this.keepVoice(id, 'kokoro');
        return null;
      }),
    setDefaultVoice: (id) =>
      this.answer('setDefaultVoice', id, () => {
        this.voices = this.voices.map((voice) => ({ ...voice, isDefault: voice.id === id }));
        return null;
      }),
    openVoicesFolder: () => this.answer('openVoicesFolder', undefined, () => null),
    modelFolders: () => this.answer('modelFolders', undefined, () => []),
    addModelFolder: () => this.answer('addModelFolder', undefined, () => null),
    modelShelf: () => this.answer('modelShelf', undefined, () => this.shelf),
    installModel: (id) => this.answer('installModel', id, () => null),
    pauseInstall: (id) => this.answer('pauseInstall', id, () => null),
    cancelInstall: (id) => this.answer('cancelInstall', id, () => null),
    removeModel: (id) => this.answer('removeModel', id, () => null),
    showModelFolder: (id) => this.answer('showModelFolder', id, () => null),
    voicePlaces: () => this.answer('voicePlaces', undefined, () => ({ eps: ['cpu'], cudaProblem: '' })),
    chooseCudaFolder: () => this.answer('chooseCudaFolder', undefined, () => null),
    providers: () => this.answer('providers', undefined, () => FAKE_PROVIDERS),
    models: (id) => this.answer('models', id, () => ['one', 'two']),
    tryProvider: (id) => this.answer('tryProvider', id, () => ({ model: 'one', firstTextMs: 120 })),
    checkSpeed: () =>
      this.answer('checkSpeed', undefined, () => ({
        ...{ rtf: 0.4, firstMs: 150, audioMs: 5_000, startBufferMs: 220 },
        ...{ engineId: 'kokoro' as const, engine: 'Kokoro 82M', ep: 'cpu', threads: 2, variant: '8-bit' },
      })),
    exportSettings: () => this.answer('exportSettings', undefined, () => '/home/me/aloud-settings.json'),
    importSettings: () =>
      this.answer('importSettings', undefined, () => ({ settings: this.settings, keptAddresses: [] })),
    readiness: () =>
      this.answer('readiness', undefined, () => ({
        state: 'ready',
        engine: 'Kokoro',
        ep: 'cpu',
        threads: 1,
      })),
    diagnose: (args) => this.answer('diagnose', args, () => this.checks),
    keepFigures: (figures) => this.answer('keepFigures', figures, () => null),
    keptFigures: () => this.answer('keptFigures', undefined, () => ({ turns: [], problem: undefined })),
    processes: () => this.answer('processes', undefined, () => []),
    copyReport: (text) => this.answer('copyReport', text, () => null),
    onNotice: (handler) => {
      this.handlers.add(handler);
      return () => this.handlers.delete(handler);
    },
    connect: () => this.answer('connect', undefined, () => null),
  };

  private keepVoice(name: string, engine: VoiceListing['engine']): string {
    this.voices = [...this.voices, voice(name, name, { engine, origin: 'own' })];
    return name;
  }

  private find(id: string): StoredConversation {
    const found = this.kept.find((conversation) => conversation.id === id);
    if (found === undefined) throw new Error(`There is no conversation ${id}.`);
    return found;
  }

  private async answer<T>(name: CallName, args: unknown, value: () => T): Promise<Result<T>> {
    this.calls.push({ name, args: structuredClone(args) });
    await Promise.resolve();
    if (this.broken.has(name)) throw new Error(`No handler registered for 'aloud:${name}'`);
    const refusal = this.refusals.get(name);
    return refusal === undefined ? ok(value()) : err(refusal);
  }
}

function voice(id: string, name: string, more: Partial<VoiceListing> = {}): VoiceListing {
  return {
    id,
    name,
    language: 'en-US',
    licence: 'Apache-2.0',
    description: '',
    grade: '',
    engine: 'kokoro',
    origin: 'shipped',
    isDefault: false,
    problem: '',
    ...more,
  };
}

function provider(id: ProviderId, label: string, more: Partial<ProviderListing> = {}): ProviderListing {
  const keys = { needsKey: false, hasKey: false, keyKeeping: 'stored' } as const;
  return { id, label, baseUrl: '', model: '', ...keys, reachable: true, ...more };
}
