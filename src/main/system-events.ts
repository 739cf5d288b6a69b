/** What the system tells the program: media keys of the keyboard, sleep and waking. */
import { globalShortcut, powerMonitor } from 'electron';
import type { WindowNotice } from '../common/ports/bridge.ts';

type MediaKey = Extract<WindowNotice, { type: 'media-key' }>['key'];

const MEDIA_KEYS: Readonly<Record<string, MediaKey>> = {
  MediaPlayPause: 'play-pause',
  MediaNextTrack: 'next',
  MediaPreviousTrack: 'previous',
  MediaStop: 'stop',
};

/**
 * Passes them on to the window. A key that another program holds stays with that program; the system is not asked again.
 * Call it when the app is ready.
 */
export function passOnSystemEvents(notify: (notice: WindowNotice) => void): void {
  for (const [accelerator, key] of Object.entries(MEDIA_KEYS)) {
    globalShortcut.register(accelerator, () => notify({ type: 'media-key', key }));
  }
  powerMonitor.on('suspend', () => notify({ type: 'power', asleep: true }));
  powerMonitor.on('resume', () => notify({ type: 'power', asleep: false }));
}
