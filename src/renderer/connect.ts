/** Joins the page to the processes: two ports that main sends through the preload script, now and after every restart. */
import type { TurnEvent } from '../common/ports/turn.ts';

/** Where the ports' messages go. */
export interface PortTargets {
  /** Each event of the assistant. */
  readonly onTurnEvent: (event: TurnEvent) => void;
  /** The port of the speech process; it is handed on and never read here. */
  readonly attachPlayer: (port: MessagePort) => void;
}

/**
 * Listens for the ports on `page` (the window); returns the function that ends that. Only messages that the page's own
 * window posted are taken: those are the preload script's.
 */
export function receivePorts(page: Window, targets: PortTargets): () => void {
  let turnPort: MessagePort | undefined;
  const onMessage = (event: MessageEvent<unknown>): void => {
    const port = event.ports[0];
    if (event.source !== page || port === undefined) return;
    const kind = portKind(event.data);
    if (kind === 'player') targets.attachPlayer(port);
    if (kind !== 'turn') return;
    turnPort?.close();
    turnPort = port;
    port.onmessage = (message: MessageEvent<TurnEvent>) => targets.onTurnEvent(message.data);
  };
  page.addEventListener('message', onMessage);
  return () => {
    page.removeEventListener('message', onMessage);
    turnPort?.close();
  };
}

function portKind(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'aloudPort' in data ? data.aloudPort : undefined;
}
