import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { channelPair, threadChannel, type Channel } from './channel.ts';

const kinds: [string, () => [Channel<number, number>, Channel<number, number>]][] = [
  ['in one process', () => channelPair<number, number>()],
  [
    'between threads',
    () => {
      const { port1, port2 } = new MessageChannel();
      return [threadChannel<number, number>(port1), threadChannel<number, number>(port2)];
    },
  ],
];

describe.each(kinds)('a channel %s', (_kind, open) => {
  it('delivers in order what was sent before and after a handler was set', async () => {
    const [here, there] = open();
    here.send(1);
    here.send(2);
    await turnOfTheLoop();
    const received: number[] = [];
    const done = new Promise<void>((resolve) => {
      there.onMessage((message) => {
        received.push(message);
        if (message === 3) resolve();
      });
    });
    here.send(3);
    await done;
    expect(received).toEqual([1, 2, 3]);
    here.close();
  });

  it('tells the other end when it closes and sends nothing afterwards', async () => {
    const [here, there] = open();
    const received: number[] = [];
    there.onMessage((message) => received.push(message));
    const closed = new Promise<void>((resolve) => there.onClose(resolve));
    here.close();
    here.send(1);
    await closed;
    expect(received).toEqual([]);
  });
});

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
