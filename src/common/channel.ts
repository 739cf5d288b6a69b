/**
 * A typed, two-way message channel, whatever carries it: Electron's ports and `process.parentPort`, a browser's
 * MessagePort, or a worker thread's. Messages are structured clones; order is kept; nothing is acknowledged.
 */

/** One end of a channel. */
export interface Channel<Out, In> {
  /** Queues a message to the other end. After {@link Channel.close} it does nothing. */
  send(message: Out): void;
  /** Sets the one handler of incoming messages; messages that came before are delivered to it first, in order. */
  onMessage(handler: (message: In) => void): void;
  /** Called once when the other end is gone (never called by transports that cannot tell). */
  onClose(handler: () => void): void;
  close(): void;
}

/** What Electron's `MessagePortMain` has in common with Electron's `process.parentPort`. */
export interface ElectronPort<In> {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: In }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start?(): void;
  close?(): void;
}

/**
 * A channel over an Electron port. Both ends are Aloud's own processes, so messages are not parsed here; an end that
 * faces an untrusted process parses with its port's schema.
 */
export function electronChannel<Out, In>(port: ElectronPort<In>): Channel<Out, In> {
  const inbox = new Inbox<In>();
  port.on('message', (event) => inbox.deliver(event.data));
  port.on('close', () => inbox.close());
  port.start?.();
  return inbox.channel<Out>(
    (message) => port.postMessage(message),
    () => port.close?.(),
  );
}

/** What a worker thread's `MessagePort` and `parentPort` have in common. */
export interface ThreadPort<In> {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: In) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  close(): void;
}

/** A channel over a Node worker thread's port. */
export function threadChannel<Out, In>(port: ThreadPort<In>): Channel<Out, In> {
  const inbox = new Inbox<In>();
  port.on('message', (message) => inbox.deliver(message));
  port.on('close', () => inbox.close());
  return inbox.channel<Out>(
    (message) => port.postMessage(message),
    () => port.close(),
  );
}

/** Two ends in one process. Delivery is asynchronous and messages are cloned, as between processes. */
export function channelPair<A, B>(): [Channel<A, B>, Channel<B, A>] {
  const forFirst = new Inbox<B>();
  const forSecond = new Inbox<A>();
  const closeBoth = (): void => {
    forFirst.close();
    forSecond.close();
  };
  return [
    forFirst.channel<A>((message) => queueDelivery(forSecond, message), closeBoth),
    forSecond.channel<B>((message) => queueDelivery(forFirst, message), closeBoth),
  ];
}

function queueDelivery<T>(inbox: Inbox<T>, message: T): void {
  const copy = structuredClone(message);
  setImmediate(() => inbox.deliver(copy));
}

/** Holds messages until a handler is set. */
class Inbox<In> {
  private waiting: In[] = [];
  private handler: ((message: In) => void) | undefined;
  private closeHandler: (() => void) | undefined;
  private closed = false;

  deliver(message: In): void {
    if (this.closed) return;
    if (this.handler === undefined) this.waiting.push(message);
    else this.handler(message);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.waiting = [];
    this.closeHandler?.();
  }

  channel<Out>(post: (message: Out) => void, closeTransport: () => void): Channel<Out, In> {
    return {
      send: (message) => {
        if (!this.closed) post(message);
      },
      onMessage: (handler) => {
        this.handler = handler;
        for (const message of this.waiting.splice(0)) handler(message);
      },
      onClose: (handler) => {
        this.closeHandler = handler;
      },
      close: () => {
        if (this.closed) return;
        this.closed = true;
        closeTransport();
      },
    };
  }
}
