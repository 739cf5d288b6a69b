import { describe, expect, it } from 'vitest';
import { channelPair, type Channel } from '../../common/channel.ts';
import type { LlmReport, LlmRequest } from '../../common/ports/llm.ts';
import { appError } from '../../common/result.ts';
import { builtIn } from './built-in.ts';
import { LlmLink } from './llm-link.ts';

const config = { kind: 'built-in', id: 'built-in', model: 'small', modelPath: 'small.gguf' } as const;
const request = { messages: [{ role: 'user', content: 'Hi' } as const] };

type Respond = (
  request: LlmRequest,
  send: (report: LlmReport) => void,
  channel: Channel<LlmReport, LlmRequest>,
) => void;

/** A link whose process answers by `respond` each time it is wanted; `seen` holds what reached it. */
function linkTo(respond: Respond): { link: LlmLink; seen: LlmRequest[]; starts: () => number } {
  const seen: LlmRequest[] = [];
  let starts = 0;
  const link = new LlmLink(() => {
    starts++;
    const [ours, theirs] = channelPair<LlmRequest, LlmReport>();
    theirs.onMessage((message) => {
      seen.push(message);
      respond(message, (report) => theirs.send(report), theirs);
    });
    setImmediate(() => link.connect(ours));
  });
  return { link, seen, starts: () => starts };
}

async function collect(link: LlmLink, signal = new AbortController().signal): Promise<string> {
  let text = '';
  for await (const event of builtIn(config, link).stream(request, signal)) {
    text += event.type === 'delta' ? event.text : `[${event.type}]`;
  }
  return text;
}

const answering: Respond = (message, send) => {
  if (message.type !== 'generate') return;
  const { requestId } = message;
  send({ type: 'delta', requestId, text: 'Hello' });
  send({ type: 'delta', requestId: 'somebody else', text: 'not mine' });
  send({ type: 'delta', requestId, text: ' there.' });
  send({ type: 'done', requestId, finish: 'stop' });
};

describe('the built-in model as a provider', () => {
  it('is held and let go while it answers, and not any more when it has answered', async () => {
    const held: LlmRequest[] = [];
    const { link } = linkTo((message, send) => {
      if (message.type === 'hold') held.push(message);
      if (message.type === 'hold' && !message.held)
        send({ type: 'done', requestId: message.requestId, finish: 'stop' });
      if (message.type === 'generate') send({ type: 'delta', requestId: message.requestId, text: 'Hello' });
    });
    const provider = builtIn(config, link);
    for await (const event of provider.stream(request, new AbortController().signal)) {
      if (event.type !== 'delta') continue;
      provider.hold?.(true);
      provider.hold?.(false);
    }
    provider.hold?.(true);
    await new Promise(setImmediate);
    expect(held.map((message) => message.type === 'hold' && message.held)).toEqual([true, false]);
  });

  it('has the process started when it is first needed, and only then', async () => {
    const { link, starts } = linkTo(answering);
    expect(starts()).toBe(0);
    expect(await collect(link)).toBe('Hello there.[finish]');
    expect(await collect(link)).toBe('Hello there.[finish]');
    expect(starts()).toBe(1);
  });

  it('passes the model’s own failure on', async () => {
    const error = appError('model-damaged', 'model', { message: 'The file is damaged.' });
    const { link } = linkTo((message, send) => {
      if (message.type === 'generate') send({ type: 'failed', requestId: message.requestId, error });
    });
    await expect(collect(link)).rejects.toMatchObject({ error });
  });

  it('says that the process could not be started', async () => {
    const error = appError('process-gone', 'system', { message: 'The built-in model stopped.' });
    const link = new LlmLink(() => setImmediate(() => link.gone(error)));
    await expect(collect(link)).rejects.toMatchObject({ error });
  });

  it('says that the process went in the middle of an answer, and starts it anew for the next', async () => {
    let crashes = true;
    const { link, starts } = linkTo((message, send, channel) => {
      if (!crashes) {
        answering(message, send, channel);
        return;
      }
      if (message.type === 'generate') send({ type: 'delta', requestId: message.requestId, text: 'Hel' });
      setImmediate(() => channel.close());
    });
    await expect(collect(link)).rejects.toMatchObject({ error: { code: 'process-gone' } });
    crashes = false;
    expect(await collect(link)).toBe('Hello there.[finish]');
    expect(starts()).toBe(2);
  });

  it('cancels the generation when it is stopped, and hears no more of it', async () => {
    const controller = new AbortController();
    const { link, seen } = linkTo((message, send) => {
      if (message.type === 'generate') send({ type: 'delta', requestId: message.requestId, text: 'Hel' });
    });
    let text = '';
    for await (const event of builtIn(config, link).stream(request, controller.signal)) {
      if (event.type === 'delta') text += event.text;
      controller.abort();
    }
    while (seen.length < 2) await new Promise(setImmediate);
    expect(text).toBe('Hel');
    expect(seen.map((message) => message.type)).toEqual(['generate', 'cancel']);
  });

  it('does not start the process for a request that was stopped before it began', async () => {
    const { link, starts } = linkTo(answering);
    expect(await collect(link, AbortSignal.abort())).toBe('');
    expect(starts()).toBe(0);
  });
});
