import { afterEach, beforeEach, expect, it } from 'vitest';
import { toAppError } from '../../common/result.ts';
import { answer, FakeOpenAiServer, refusal } from '../testing/fake-openai-server.ts';
import { openAiCompatible, TRIAL_TIMES } from './openai-compatible.ts';
import type { Provider } from './provider.ts';
import { tryProvider } from './try-provider.ts';

let server: FakeOpenAiServer;
beforeEach(async () => {
  server = new FakeOpenAiServer();
  await server.listen();
});
afterEach(() => server.close());

const provider = (key = 'sk-0'): Provider =>
  openAiCompatible(
    { kind: 'openai-compatible', id: 'custom', baseUrl: server.baseUrl, model: 'small', key },
    TRIAL_TIMES,
  );
const never = new AbortController().signal;

it('a server that answers is told with its model and its time', async () => {
  server.answers = [answer('Ready', '.')];
  const trial = await tryProvider(provider('sk-1'), never);
  expect(trial.model).toBe('small');
  expect(trial.firstTextMs).toBeGreaterThan(0);
  expect(server.chats).toHaveLength(1);
  expect(server.chats[0]?.headers['authorization']).toBe('Bearer sk-1');
});

it.each([
  [401, 'No auth credentials found', 'key-refused'],
  [429, 'Rate limited', 'rate-limited'],
  [503, 'Overloaded', 'provider-error'],
])('what the server says with status %i is told at once, after one request', async (status, reason, code) => {
  server.answers = [refusal(status, reason)];
  const error = await tryProvider(provider(), never).then(
    () => undefined,
    (thrown: unknown) => toAppError(thrown, 'provider'),
  );
  expect(error?.code).toBe(code);
  expect(error?.message).toContain(reason);
  expect(server.chats).toHaveLength(1);
});

it('an answer without text is a failure', async () => {
  server.answers = [answer('')];
  await expect(tryProvider(provider(), never)).rejects.toMatchObject({ error: { code: 'provider-error' } });
});

it('a server that is silent is given up when the time is over', async () => {
  server.answers = [{ body: [], then: 'hang' }];
  await expect(tryProvider(provider(), AbortSignal.timeout(150))).rejects.toMatchObject({
    error: { code: 'cancelled' },
  });
});
