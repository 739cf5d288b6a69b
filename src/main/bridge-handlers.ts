/**
 * The other end of `window.aloud`: every call goes through the gate of `guarded-call.ts`, which checks its sender and its
 * argument.
 */
import { ipcMain, type WebContents } from 'electron';
import { z } from 'zod';
import { keptFiguresSchema } from '../common/figures.ts';
import { BRIDGE_CHANNELS } from '../common/ports/bridge-channels.ts';
import {
  addVoiceFileSchema,
  clipboardSchema,
  diagnoseArgumentsSchema,
  keyArgumentsSchema,
  renameArgumentsSchema,
  replayArgumentsSchema,
  reportSchema,
  resayArgumentsSchema,
  sampleArgumentsSchema,
  saveBlendSchema,
  saveRecordingSchema,
  searchSchema,
  sendArgumentsSchema,
  stopArgumentsSchema,
  voiceIdSchema,
  wakeArgumentsSchema,
  type AloudBridge,
} from '../common/ports/bridge.ts';
import { modelIdSchema } from '../common/model.ts';
import { providerIdSchema } from '../common/provider.ts';
import type { Result } from '../common/result.ts';
import { settingsPatchSchema } from '../common/settings.ts';
import { APP_ORIGIN } from './app-protocol.ts';
import { guardedCall } from './guarded-call.ts';

/** The calls that answer; `onNotice` is a subscription and `connect` needs to know the page. */
export type BridgeCalls = Omit<AloudBridge, 'onNotice' | 'connect'> & {
  connect(page: WebContents): Promise<Result<null>>;
};

/** Registers a handler for every call. `isOurs` tells whether a page is the program's own window. */
export function registerBridge(calls: BridgeCalls, isOurs: (page: WebContents) => boolean): void {
  const none = z.undefined();
  const handle = <A>(
    channel: string,
    schema: z.ZodType<A>,
    run: (args: A, page: WebContents) => Promise<Result<unknown>>,
  ): void => {
    const call = guardedCall({ origin: APP_ORIGIN, isOurs }, schema, run);
    ipcMain.handle(channel, ({ sender, senderFrame }, args: unknown) =>
      call({ page: sender, origin: senderFrame?.origin }, args),
    );
  };

  handle(BRIDGE_CHANNELS.send, sendArgumentsSchema, (args) => calls.send(args));
  handle(BRIDGE_CHANNELS.stop, stopArgumentsSchema, (args) => calls.stop(args));
  handle(BRIDGE_CHANNELS.wake, wakeArgumentsSchema, (args) => calls.wake(args));
  handle(BRIDGE_CHANNELS.resay, resayArgumentsSchema, (args) => calls.resay(args));
  handle(BRIDGE_CHANNELS.replay, replayArgumentsSchema, (args) => calls.replay(args));
  handle(BRIDGE_CHANNELS.sample, sampleArgumentsSchema, (args) => calls.sample(args));
  handle(BRIDGE_CHANNELS.conversations, searchSchema, (query) => calls.conversations(query));
  handle(BRIDGE_CHANNELS.openConversation, z.uuid(), (id) => calls.openConversation(id));
  handle(BRIDGE_CHANNELS.renameConversation, renameArgumentsSchema, (args) => calls.renameConversation(args));
  handle(BRIDGE_CHANNELS.deleteConversation, z.uuid(), (id) => calls.deleteConversation(id));
  handle(BRIDGE_CHANNELS.restoreConversation, z.uuid(), (id) => calls.restoreConversation(id));
  handle(BRIDGE_CHANNELS.saveWav, z.uuid(), (turnId) => calls.saveWav(turnId));
  handle(BRIDGE_CHANNELS.copyText, clipboardSchema, (text) => calls.copyText(text));
  handle(BRIDGE_CHANNELS.openLink, z.string().max(10_000), (url) => calls.openLink(url));
  handle(BRIDGE_CHANNELS.settings, none, () => calls.settings());
  handle(BRIDGE_CHANNELS.changeSettings, settingsPatchSchema, (patch) => calls.changeSettings(patch));
  handle(BRIDGE_CHANNELS.setKey, keyArgumentsSchema, (args) => calls.setKey(args));
  handle(BRIDGE_CHANNELS.voices, none, () => calls.voices());
  handle(BRIDGE_CHANNELS.saveBlend, saveBlendSchema, (args) => calls.saveBlend(args));
  handle(BRIDGE_CHANNELS.saveRecording, saveRecordingSchema, (args) => calls.saveRecording(args));
  handle(BRIDGE_CHANNELS.addVoiceFile, addVoiceFileSchema, (args) => calls.addVoiceFile(args));
  handle(BRIDGE_CHANNELS.saveVoiceFile, voiceIdSchema, (id) => calls.saveVoiceFile(id));
  handle(BRIDGE_CHANNELS.removeVoice, voiceIdSchema, (id) => calls.removeVoice(id));
  handle(BRIDGE_CHANNELS.restoreVoice, voiceIdSchema, (id) => calls.restoreVoice(id));
  handle(BRIDGE_CHANNELS.setDefaultVoice, voiceIdSchema, (id) => calls.setDefaultVoice(id));
  handle(BRIDGE_CHANNELS.openVoicesFolder, none, () => calls.openVoicesFolder());
  handle(BRIDGE_CHANNELS.modelFolders, none, () => calls.modelFolders());
  handle(BRIDGE_CHANNELS.addModelFolder, none, () => calls.addModelFolder());
  handle(BRIDGE_CHANNELS.modelShelf, none, () => calls.modelShelf());
  handle(BRIDGE_CHANNELS.installModel, modelIdSchema, (id) => calls.installModel(id));
  handle(BRIDGE_CHANNELS.pauseInstall, modelIdSchema, (id) => calls.pauseInstall(id));
  handle(BRIDGE_CHANNELS.cancelInstall, modelIdSchema, (id) => calls.cancelInstall(id));
  handle(BRIDGE_CHANNELS.removeModel, modelIdSchema, (id) => calls.removeModel(id));
  handle(BRIDGE_CHANNELS.showModelFolder, modelIdSchema, (id) => calls.showModelFolder(id));
  handle(BRIDGE_CHANNELS.voicePlaces, none, () => calls.voicePlaces());
  handle(BRIDGE_CHANNELS.chooseCudaFolder, none, () => calls.chooseCudaFolder());
  handle(BRIDGE_CHANNELS.providers, none, () => calls.providers());
  handle(BRIDGE_CHANNELS.models, providerIdSchema, (provider) => calls.models(provider));
  handle(BRIDGE_CHANNELS.tryProvider, providerIdSchema, (provider) => calls.tryProvider(provider));
  handle(BRIDGE_CHANNELS.checkSpeed, none, () => calls.checkSpeed());
  handle(BRIDGE_CHANNELS.exportSettings, none, () => calls.exportSettings());
  handle(BRIDGE_CHANNELS.importSettings, none, () => calls.importSettings());
  handle(BRIDGE_CHANNELS.readiness, none, () => calls.readiness());
  handle(BRIDGE_CHANNELS.diagnose, diagnoseArgumentsSchema, (args) => calls.diagnose(args));
  handle(BRIDGE_CHANNELS.keepFigures, keptFiguresSchema, (figures) => calls.keepFigures(figures));
  handle(BRIDGE_CHANNELS.keptFigures, none, () => calls.keptFigures());
  handle(BRIDGE_CHANNELS.processes, none, () => calls.processes());
  handle(BRIDGE_CHANNELS.copyReport, reportSchema, (text) => calls.copyReport(text));
  handle(BRIDGE_CHANNELS.connect, none, (_none, page) => calls.connect(page));
}
