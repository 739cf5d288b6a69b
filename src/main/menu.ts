/** The menu bar, in the platform's own order and words where the system has them. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuAction } from '../common/ports/bridge.ts';
import { STRINGS } from '../common/strings/interface.ts';

/** Sets the program's menu; `ask` asks the window for something. */
export function setMenu(ask: (action: MenuAction) => void): void {
  const isMac = process.platform === 'darwin';
  const settings: MenuItemConstructorOptions = {
    label: STRINGS.menu.settings,
    accelerator: 'CmdOrCtrl+,',
    click: () => ask('settings'),
  };
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: STRINGS.menu.file,
    submenu: [
      {
        label: STRINGS.menu.newConversation,
        accelerator: 'CmdOrCtrl+N',
        click: () => ask('new-conversation'),
      },
      { label: STRINGS.menu.searchConversations, accelerator: 'CmdOrCtrl+K', click: () => ask('search') },
      { type: 'separator' },
      ...(isMac ? [] : [settings, { type: 'separator' } as const]),
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: STRINGS.menu.view,
    submenu: [
      { label: STRINGS.menu.conversation, accelerator: 'CmdOrCtrl+1', click: () => ask('chat') },
      { label: STRINGS.menu.voices, accelerator: 'CmdOrCtrl+2', click: () => ask('voices') },
      { label: STRINGS.menu.models, accelerator: 'CmdOrCtrl+3', click: () => ask('models') },
      { label: STRINGS.menu.figures, click: () => ask('figures') },
      { label: STRINGS.menu.diagnostics, click: () => ask('diagnostics') },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      // Plus is typed with Shift on most keyboards, and has a key of its own on the number pad.
      ...(['CmdOrCtrl+=', 'CmdOrCtrl+numadd'] as const).map(
        (accelerator) => ({ role: 'zoomIn', accelerator, visible: false }) as const,
      ),
      { role: 'zoomOut' },
      { role: 'zoomOut', accelerator: 'CmdOrCtrl+numsub', visible: false },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [appMenu] : []),
      file,
      { role: 'editMenu' },
      view,
      { role: 'windowMenu' },
    ]),
  );
}
