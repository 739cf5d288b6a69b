/**
 * The bridge between page and main: each call of {@link AloudBridge} is one IPC channel, nothing else is exposed. Ports
 * cannot cross `contextBridge`; they are passed on into the page by `window.postMessage`.
 */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { BRIDGE_CHANNELS } from '../common/ports/bridge-channels.ts';
import type { AloudBridge, WindowNotice } from '../common/ports/bridge.ts';

const bridge: AloudBridge = {
  send: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.send, args),
  stop: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.stop, args),
  wake: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.wake, args),
  resay: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.resay, args),
  replay: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.replay, args),
  sample: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.sample, args),
  conversations: (query) => ipcRenderer.invoke(BRIDGE_CHANNELS.conversations, query),
  openConversation: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.openConversation, id),
  renameConversation: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.renameConversation, args),
  deleteConversation: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.deleteConversation, id),
  restoreConversation: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.restoreConversation, id),
  saveWav: (turnId) => ipcRenderer.invoke(BRIDGE_CHANNELS.saveWav, turnId),
  copyText: (text) => ipcRenderer.invoke(BRIDGE_CHANNELS.copyText, text),
  openLink: (url) => ipcRenderer.invoke(BRIDGE_CHANNELS.openLink, url),
  settings: () => ipcRenderer.invoke(BRIDGE_CHANNELS.settings),
  changeSettings: (patch) => ipcRenderer.invoke(BRIDGE_CHANNELS.changeSettings, patch),
  setKey: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.setKey, args),
  voices: () => ipcRenderer.invoke(BRIDGE_CHANNELS.voices),
  saveBlend: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.saveBlend, args),
  saveRecording: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.saveRecording, args),
  addVoiceFile: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.addVoiceFile, args),
  saveVoiceFile: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.saveVoiceFile, id),
  removeVoice: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.removeVoice, id),
  restoreVoice: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.restoreVoice, id),
  setDefaultVoice: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.setDefaultVoice, id),
  openVoicesFolder: () => ipcRenderer.invoke(BRIDGE_CHANNELS.openVoicesFolder),
  modelFolders: () => ipcRenderer.invoke(BRIDGE_CHANNELS.modelFolders),
  addModelFolder: () => ipcRenderer.invoke(BRIDGE_CHANNELS.addModelFolder),
  modelShelf: () => ipcRenderer.invoke(BRIDGE_CHANNELS.modelShelf),
  installModel: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.installModel, id),
  pauseInstall: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.pauseInstall, id),
  cancelInstall: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.cancelInstall, id),
  removeModel: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.removeModel, id),
  showModelFolder: (id) => ipcRenderer.invoke(BRIDGE_CHANNELS.showModelFolder, id),
  voicePlaces: () => ipcRenderer.invoke(BRIDGE_CHANNELS.voicePlaces),
  chooseCudaFolder: () => ipcRenderer.invoke(BRIDGE_CHANNELS.chooseCudaFolder),
  providers: () => ipcRenderer.invoke(BRIDGE_CHANNELS.providers),
  models: (provider) => ipcRenderer.invoke(BRIDGE_CHANNELS.models, provider),
  tryProvider: (provider) => ipcRenderer.invoke(BRIDGE_CHANNELS.tryProvider, provider),
  checkSpeed: () => ipcRenderer.invoke(BRIDGE_CHANNELS.checkSpeed),
  exportSettings: () => ipcRenderer.invoke(BRIDGE_CHANNELS.exportSettings),
  importSettings: () => ipcRenderer.invoke(BRIDGE_CHANNELS.importSettings),
  readiness: () => ipcRenderer.invoke(BRIDGE_CHANNELS.readiness),
  diagnose: (args) => ipcRenderer.invoke(BRIDGE_CHANNELS.diagnose, args),
  keepFigures: (figures) => ipcRenderer.invoke(BRIDGE_CHANNELS.keepFigures, figures),
  keptFigures: () => ipcRenderer.invoke(BRIDGE_CHANNELS.keptFigures),
  processes: () => ipcRenderer.invoke(BRIDGE_CHANNELS.processes),
  copyReport: (text) => ipcRenderer.invoke(BRIDGE_CHANNELS.copyReport, text),
  onNotice: (handler) => {
    const listener = (_event: IpcRendererEvent, notice: WindowNotice): void => handler(notice);
    ipcRenderer.on(BRIDGE_CHANNELS.notice, listener);
    return () => ipcRenderer.off(BRIDGE_CHANNELS.notice, listener);
  },
  connect: () => ipcRenderer.invoke(BRIDGE_CHANNELS.connect),
};

contextBridge.exposeInMainWorld('aloud', bridge);

ipcRenderer.on(BRIDGE_CHANNELS.port, (event, kind: 'turn' | 'player') => {
  window.postMessage({ aloudPort: kind }, window.location.origin, event.ports);
});
