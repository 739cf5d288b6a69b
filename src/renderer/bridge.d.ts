/** What the preload script gives the page. */
import type { AloudBridge } from '../common/ports/bridge.ts';

declare global {
  interface Window {
    readonly aloud: AloudBridge;
  }
}
