/** The icon in the system's tray, with a menu that needs no window. */
import { Menu, Tray, type MenuItemConstructorOptions } from 'electron';
import { STRINGS } from '../common/strings/interface.ts';

/** What can be asked of the program from outside its window. */
export interface OutsideActions {
  readonly showHide: () => void;
  readonly speakClipboard: () => void;
  readonly stop: () => void;
  readonly quit: () => void;
}

export class TrayIcon {
  private readonly iconFile: string;
  private readonly actions: OutsideActions;
  private tray: Tray | undefined;

  /** `iconFile`: absolute path of the picture. Nothing is shown yet. */
  constructor(iconFile: string, actions: OutsideActions) {
    this.iconFile = iconFile;
    this.actions = actions;
  }

  /** Shows the icon or takes it away. */
  show(isShown: boolean): void {
    if (isShown === (this.tray !== undefined)) return;
    this.tray?.destroy();
    this.tray = isShown ? this.open() : undefined;
  }

  private open(): Tray {
    const tray = new Tray(this.iconFile);
    tray.setToolTip(STRINGS.appName);
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(this.actions)));
    // On macOS, and on most Linux desktops, a click opens the menu.
    if (process.platform === 'win32') tray.on('click', this.actions.showHide);
    return tray;
  }
}

function trayMenu({ showHide, speakClipboard, stop, quit }: OutsideActions): MenuItemConstructorOptions[] {
  return [
    { label: STRINGS.tray.showHide, click: showHide },
    { label: STRINGS.tray.speakClipboard, click: speakClipboard },
    { label: STRINGS.tray.stop, click: stop },
    { type: 'separator' },
    { label: STRINGS.tray.quit, click: quit },
  ];
}
