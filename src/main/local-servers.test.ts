import { describe, expect, it } from 'vitest';
import type { ProviderId } from '../common/provider.ts';
import { LocalServers } from './local-servers.ts';

/** Servers that answer as told; `changes` counts what the window would hear. */
function setUp(running: Set<ProviderId>): {
  servers: LocalServers;
  changes: () => number;
  asked: ProviderId[];
} {
  let changes = 0;
  const asked: ProviderId[] = [];
  const servers = new LocalServers(
    async (id) => {
      asked.push(id);
      await Promise.resolve();
      if (id === 'lm-studio' && !running.has(id)) throw new Error('refused');
      return running.has(id);
    },
    () => changes++,
  );
  return { servers, changes: () => changes, asked };
}

describe('local language-model servers', () => {
  it('are given as last seen without waiting, and a change is told once', async () => {
    const running = new Set<ProviderId>(['ollama']);
    const { servers, changes } = setUp(running);
    const first = servers.look();
    expect([...servers.answering]).toEqual([]);
    await first;
    expect([...servers.answering]).toEqual(['ollama']);
    await servers.look();
    expect(changes()).toBe(1);
    running.clear();
    await servers.look();
    expect([...servers.answering]).toEqual([]);
    expect(changes()).toBe(2);
  });

  it('are asked once by calls that overlap', async () => {
    const { servers, asked } = setUp(new Set());
    await Promise.all([servers.look(), servers.look()]);
    expect(asked).toEqual(['ollama', 'lm-studio', 'llama-cpp']);
  });
});
