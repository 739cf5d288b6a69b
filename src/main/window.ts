/** The window, and what a page in it may not do. */
import { BrowserWindow, session, type WebContents } from 'electron';
import { BRIDGE_CHANNELS } from '../common/ports/bridge-channels.ts';
import type { WindowNotice } from '../common/ports/bridge.ts';
import { APP_ORIGIN } from './app-protocol.ts';

/** The program's one window, which may not be open yet or any more. */
export class ShownWindow {
  private window: BrowserWindow | undefined;
  private isListening = false;
  /** What came before the page listened, in order. */
  private waiting: WindowNotice[] = [];

  /** Opens the window. */
  open(preloadFile: string): BrowserWindow {
    const window = createWindow(preloadFile);
    this.window = window;
    window.once('closed', () => (this.window = undefined));
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      // The page holds nothing that cannot be shown again; the processes behind it go on.
      this.isListening = false;
      if (reason !== 'clean-exit') this.window?.reload();
    });
    return window;
  }

  /** Whether a page is this window's. */
  owns(page: WebContents): boolean {
    return page === this.window?.webContents;
  }

  /** Tells the page something; nothing happens while there is no page. */
  notify(notice: WindowNotice): void {
    this.window?.webContents.send(BRIDGE_CHANNELS.notice, notice);
  }

  /** Tells the page something that must not get lost: it waits until the page listens. */
  deliver(notice: WindowNotice): void {
    if (this.isListening) this.notify(notice);
    else this.waiting.push(notice);
  }

  /** The page listens from now on. */
  pageListens(): void {
    this.isListening = true;
    for (const notice of this.waiting.splice(0)) this.notify(notice);
  }

  /** Brings the window to the front. */
  focus(): void {
    if (this.window?.isMinimized()) this.window.restore();
    this.window?.show();
    this.window?.focus();
  }

  /** Hides the window if it is in front, else brings it there. What is being said goes on. */
  showHide(): void {
    if (this.window?.isVisible() === true && this.window.isFocused()) this.window.hide();
    else this.focus();
  }
}

function createWindow(preloadFile: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1180,
    height: 800,
    minWidth: 420,
    minHeight: 480,
    show: false,
    title: 'Aloud',
    autoHideMenuBar: true,
    backgroundColor: '#808080',
    webPreferences: {
      preload: preloadFile,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // Sound goes on while the window is covered; the figures on screen must go on too.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  // Links are opened by main, after the person was asked; nothing opens a window by itself.
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}

/**
 * Denies every permission that a page can ask for. Our own page may know the sound devices by name, so that a person can
 * choose one; that check opens none of them, and a request to listen is denied like all others.
 */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) => {
    const isOurs = origin.startsWith(APP_ORIGIN);
    return isOurs && permission === 'media' && mediaType !== 'video';
  });
}
