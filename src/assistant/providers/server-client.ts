/** Builds the openai SDK's client for a server that a person set, and refuses settings that cannot work. */
import OpenAI from 'openai';
import { OPENAI_COMPATIBLE, type ProviderConfig } from '../../common/provider.ts';
import { fail } from '../../common/result.ts';
import { PHRASES } from '../../common/strings/phrases.ts';
import { FAILURES } from '../../common/strings/failures.ts';
import { placeOf } from './address.ts';
import { serverFetch, type AnswerWatch } from './server-fetch.ts';
import type { Server } from './server-failure.ts';

/** How an OpenAI-compatible server is reached. */
export type ServerConfig = Extract<ProviderConfig, { kind: 'openai-compatible' }>;

/**
 * OpenRouter's headers by which it names the program in its rankings (openrouter.ai/docs/app-attribution): an address,
 * which for a program without a site is localhost, and then a title, under its old and its new name.
 */
const OPENROUTER_HEADERS = {
  'HTTP-Referer': 'http://localhost',
  'X-Title': 'Aloud',
  'X-OpenRouter-Title': 'Aloud',
} as const;

/** Facts about the server for messages. Throws `base-url-invalid`, `key-missing` or `key-refused`. */
export function describeServer(config: ServerConfig): Server {
  const url = parseBaseUrl(config.baseUrl);
  const key = config.key.trim();
  const facts =
    config.id === 'built-in' || config.id === 'read-aloud' ? undefined : OPENAI_COMPATIBLE[config.id];
  const who = facts === undefined || config.id === 'custom' ? PHRASES.server.serverAt(url.host) : facts.label;
  if (facts?.needsKey === true && key === '') {
    fail('key-missing', 'provider', FAILURES.server.keyMissing(who, facts.keyVariable));
  }
  if (!/^[\x21-\x7e]*$/.test(key)) {
    fail('key-refused', 'provider', FAILURES.server.keyUnusable(who));
  }
  const isOpen = url.protocol === 'http:' && placeOf(url) === 'private';
  return { who, host: url.host, key, local: facts?.local ?? false, isOpen };
}

/** A client that makes each request once. What it receives is told to `watch`. */
export function serverClient(config: ServerConfig, server: Server, watch: AnswerWatch): OpenAI {
  return new OpenAI({
    baseURL: parseBaseUrl(config.baseUrl).href.replace(/\/+$/, ''),
    // The SDK wants a key even where none is needed; then the header is taken out again.
    apiKey: server.key === '' ? 'none' : server.key,
    // Otherwise read from the environment and sent to whatever server this is.
    organization: null,
    project: null,
    maxRetries: 0,
    // Retries, time limits and words for failures are the provider's.
    timeout: 600_000,
    logLevel: 'off',
    fetch: serverFetch(server.who, watch),
    defaultHeaders: {
      ...(server.key === '' ? { Authorization: null } : {}),
      ...(config.id === 'openrouter' ? OPENROUTER_HEADERS : {}),
    },
  });
}

function parseBaseUrl(baseUrl: string): URL {
  const url = URL.canParse(baseUrl.trim()) ? new URL(baseUrl.trim()) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.host === '') {
    return fail('base-url-invalid', 'provider', FAILURES.server.noWebAddress);
  }
  if (url.username !== '' || url.password !== '') {
    fail('base-url-invalid', 'provider', FAILURES.server.addressHoldsPassword);
  }
  if (url.protocol === 'http:' && placeOf(url) === 'public') {
    fail('base-url-invalid', 'provider', FAILURES.server.unencrypted(url.host));
  }
  return url;
}
