import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeOpenAiServer, refusal } from '../testing/fake-openai-server.ts';
import { listModels } from './list-models.ts';
import type { ServerConfig } from './server-client.ts';

describe('a server’s list of models', () => {
  let server: FakeOpenAiServer;
  let config: ServerConfig;

  beforeAll(async () => {
    server = new FakeOpenAiServer();
    await server.listen();
    config = { kind: 'openai-compatible', id: 'ollama', baseUrl: server.baseUrl, model: '', key: '' };
  });
  afterAll(() => server.close());

  const json = (data: unknown): void => {
    server.models = { headers: { 'content-type': 'application/json' }, body: [JSON.stringify(data)] };
  };

  it('gives the names in the server’s order', async () => {
    json({ object: 'list', data: [{ id: 'b' }, { id: 'a', owned_by: 'me' }] });
    expect(await listModels(config)).toEqual(['b', 'a']);
  });

  it('takes Ollama’s null for an empty list', async () => {
    json({ object: 'list', data: null });
    expect(await listModels(config)).toEqual([]);
  });

  it('refuses an answer of another shape', async () => {
    json({ data: 'a' });
    await expect(listModels(config)).rejects.toMatchObject({ error: { code: 'provider-error' } });
  });

  it('refuses a web page', async () => {
    server.models = { headers: { 'content-type': 'text/html' }, body: ['<h1>Hello</h1>'] };
    await expect(listModels(config)).rejects.toMatchObject({ error: { code: 'provider-error' } });
  });

  it('gives up on a server that does not answer', async () => {
    server.models = { then: 'hang' };
    await expect(listModels(config, { timeoutMs: 50 })).rejects.toMatchObject({
      error: { code: 'host-unreachable', message: 'Ollama did not answer within 0.05 s.' },
    });
  });

  it('tells a refused key', async () => {
    server.models = refusal(401, 'Invalid key');
    await expect(listModels({ ...config, key: 'k' })).rejects.toMatchObject({
      error: { code: 'key-refused' },
    });
  });
});
