import { describe, expect, it } from 'vitest';
import { channelPair, type Channel } from '../common/channel.ts';
import type { LlmReport, LlmRequest } from '../common/ports/llm.ts';
import { appError, AppFailure } from '../common/result.ts';
import { serveLlm } from './service.ts';
import { FakeGenerator } from './testing/fake-generator.ts';

function start(generator: FakeGenerator): { channel: Channel<LlmRequest, LlmReport>; reports: LlmReport[] } {
  const [channel, other] = channelPair<LlmRequest, LlmReport>();
  const reports: LlmReport[] = [];
  channel.onMessage((report) => reports.push(report));
  serveLlm(other, generator);
  return { channel, reports };
}

const generate = (requestId: string): LlmRequest => ({
  type: 'generate',
  requestId,
  modelPath: 'model.gguf',
  messages: [{ role: 'user', content: 'Hi' }],
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

const ended = (reports: LlmReport[]) => (): boolean => reports.some((report) => report.type !== 'delta');

describe('the built-in model’s service', () => {
  it('answers with the deltas in order and one end', async () => {
    const { channel, reports } = start(new FakeGenerator());
    channel.send(generate('a'));
    await until(ended(reports));
    expect(reports).toEqual([
      { type: 'delta', requestId: 'a', text: 'Hello' },
      { type: 'delta', requestId: 'a', text: ' there.' },
      { type: 'done', requestId: 'a', finish: 'stop' },
    ]);
  });

  it('answers a cancelled generation with done', async () => {
    const generator = new FakeGenerator();
    generator.hangs = true;
    const { channel, reports } = start(generator);
    channel.send(generate('a'));
    await until(() => reports.length === 2);
    channel.send({ type: 'cancel', requestId: 'a' });
    await until(ended(reports));
    expect(reports.at(-1)).toEqual({ type: 'done', requestId: 'a', finish: 'cancelled' });
  });

  it('writes nothing while it is held, and goes on where it was', async () => {
    const { channel, reports } = start(new FakeGenerator());
    channel.send(generate('a'));
    channel.send({ type: 'hold', requestId: 'a', held: true });
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect(reports.length).toBeLessThan(3);
    channel.send({ type: 'hold', requestId: 'a', held: false });
    await until(ended(reports));
    expect(reports.map((report) => report.type)).toEqual(['delta', 'delta', 'done']);
  });

  it('can be cancelled while it is held', async () => {
    const { channel, reports } = start(new FakeGenerator());
    channel.send(generate('a'));
    channel.send({ type: 'hold', requestId: 'a', held: true });
    channel.send({ type: 'cancel', requestId: 'a' });
    await until(ended(reports));
    expect(reports.at(-1)).toEqual({ type: 'done', requestId: 'a', finish: 'cancelled' });
  });

  it('tells a failure with its own code', async () => {
    const generator = new FakeGenerator();
    generator.failure = new AppFailure(
      appError('model-damaged', 'model', { message: 'The file is damaged.' }),
    );
    const { channel, reports } = start(generator);
    channel.send(generate('a'));
    await until(ended(reports));
    expect(reports.at(-1)).toMatchObject({
      type: 'failed',
      requestId: 'a',
      error: { code: 'model-damaged' },
    });
  });

  it('reads ahead what it is given, until something is to be written or read in its place', async () => {
    const generator = new FakeGenerator();
    const { channel, reports } = start(generator);
    const messages = [{ role: 'user', content: '' } as const];
    const ends = (): boolean[] => generator.readings.map(({ signal }) => signal.aborted);
    channel.send({ type: 'warm', modelPath: 'model.gguf', messages: [] });
    channel.send({ type: 'warm', modelPath: 'model.gguf', messages });
    await until(() => generator.readings.length === 1);
    expect(generator.readings[0]).toMatchObject({ modelPath: 'model.gguf', messages });
    channel.send({ type: 'warm', modelPath: 'model.gguf', messages });
    await until(() => generator.readings.length === 2);
    expect(ends()).toEqual([true, false]);
    channel.send(generate('a'));
    await until(ended(reports));
    expect(ends()).toEqual([true, true]);
  });

  it('is not idle while it reads, and reads no further when nobody is left to ask', async () => {
    const generator = new FakeGenerator();
    const [channel, other] = channelPair<LlmRequest, LlmReport>();
    const serving = serveLlm(other, generator);
    channel.send({ type: 'warm', modelPath: 'model.gguf', messages: [{ role: 'user', content: '' }] });
    await until(() => generator.readings.length === 1);
    expect(serving.isIdle).toBe(false);
    channel.close();
    await until(() => serving.isIdle);
  });

  it('survives a warm-up that fails: the generation tells why', async () => {
    const generator = new FakeGenerator();
    generator.failure = new Error('no such file');
    const { channel, reports } = start(generator);
    channel.send({ type: 'warm', modelPath: 'model.gguf', messages: [] });
    await until(() => generator.loads.length === 1);
    channel.send(generate('a'));
    await until(ended(reports));
    expect(reports.at(-1)?.type).toBe('failed');
  });
});
