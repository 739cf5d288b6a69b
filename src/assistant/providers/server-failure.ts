/** Says what went wrong at a language server, in the person's words, and whether trying again makes sense. */
import { APIConnectionError, APIError } from 'openai';
import { z } from 'zod';
import { appError, AppFailure, toAppError, type AppError, type ErrorCode } from '../../common/result.ts';

/** The server that failed. */
export interface Server {
  /** The subject of a sentence: "OpenRouter" or "The server at host". */
  readonly who: string;
  readonly host: string;
  /** Sent as bearer token; '' for none. Never part of a message. */
  readonly key: string;
  /** Whether it runs on this machine. */
  readonly local: boolean;
  /** Whether what is said with it can be read by others in its network. */
  readonly isOpen: boolean;
}

/** A failure and what may be done about it. */
export interface ServerFailure {
  readonly error: AppError;
  /** Whether the same request may succeed if made again soon. */
  readonly transient: boolean;
  /** How long the server asked to wait, ms. */
  readonly retryAfterMs: number | undefined;
}

/** The longest message of a server that is shown, characters. */
const MAX_SERVER_MESSAGE = 300;

/** Codes of failures below HTTP that mean that the name does not exist, or that nobody listens. */
const UNKNOWN_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

/** Explains whatever was thrown while a request to `server` was made or its answer read. */
export function explainFailure(thrown: unknown, server: Server): ServerFailure {
  const own = ownFailure(thrown);
  if (own !== undefined) return lasting(own);
  if (thrown instanceof APIConnectionError) return explainConnection(thrown, server);
  if (isApiError(thrown)) return explainAnswer(thrown, server);
  if (thrown instanceof SyntaxError || thrown instanceof z.ZodError) {
    return lasting(unreadable(server));
  }
  // A stream that breaks below HTTP: "terminated", "other side closed", ECONNRESET.
  if (networkCode(thrown) !== undefined || thrown instanceof TypeError) return streamCut(server);
  return lasting(toAppError(thrown, 'provider'));
}

/** The stream ended, or its connection broke, before the answer was finished. */
export function streamCut(server: Server): ServerFailure {
  const error = appError('stream-cut', 'provider', `${server.who} broke off in the middle of the answer.`, {
    retryable: true,
    hint: 'Send the prompt again.',
  });
  return { error, transient: true, retryAfterMs: undefined };
}

/** What came is no answer in the form that was agreed. */
export function unreadable(server: Server): AppError {
  return appError(
    'provider-error',
    'provider',
    `${server.who} sent something that cannot be read as an answer.`,
    { retryable: true, hint: 'Try again, or choose another model.' },
  );
}

/** Narrows without the `any` that `instanceof` gives a generic class. */
function isApiError(thrown: unknown): thrown is APIError {
  return thrown instanceof APIError;
}

function lasting(error: AppError): ServerFailure {
  return { error, transient: false, retryAfterMs: undefined };
}

/** An `AppFailure`, itself or as a cause (the SDK wraps what its `fetch` throws). */
function ownFailure(thrown: unknown): AppError | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof AppFailure) return error.error;
  }
  return undefined;
}

/** The system's or undici's code of a network failure, wherever in the chain of causes it stands. */
function networkCode(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return undefined;
}

function explainConnection(thrown: APIConnectionError, server: Server): ServerFailure {
  const code = networkCode(thrown) ?? '';
  const unreachable = (message: string, hint: string, transient: boolean): ServerFailure => ({
    error: appError('host-unreachable', 'provider', message, { retryable: transient, hint }),
    transient,
    retryAfterMs: undefined,
  });
  if (UNKNOWN_HOST.has(code)) {
    return unreachable(
      `The host ${server.host} was not found.`,
      'Check the base URL and your network connection.',
      true,
    );
  }
  if (CERTIFICATE.test(code)) {
    return unreachable(
      `${server.who} has no valid certificate, so nothing was sent to it.`,
      'Check the base URL.',
      false,
    );
  }
  if (code === 'ECONNREFUSED') {
    const hint = server.local ? 'Start it, then send the prompt again.' : 'Check the base URL.';
    return unreachable(`Nothing answers at ${server.host}.`, hint, true);
  }
  return unreachable(
    `${server.who} cannot be reached.`,
    'Check your network connection and the base URL.',
    true,
  );
}

function explainAnswer(thrown: APIError, server: Server): ServerFailure {
  // An error event inside a stream has no status; OpenRouter puts the status into the error's code.
  const status = typeof thrown.status === 'number' ? thrown.status : numeric(thrown.code);
  const said = serverMessage(thrown, server.key);
  const retryAfterMs = parseRetryAfter(thrown.headers?.get('retry-after'), Date.now());
  const explain = (code: ErrorCode, message: string, hint: string, transient: boolean): ServerFailure => ({
    error: appError(code, 'provider', message, { retryable: transient, hint }),
    transient,
    retryAfterMs,
  });
  if (status === 401 || status === 403) {
    if (server.key === '') {
      return explain(
        'key-missing',
        `${server.who} asks for a key and none is set.`,
        'Enter your key.',
        false,
      );
    }
    return explain(
      'key-refused',
      `${server.who} refused the key${said}.`,
      'Check the key, then try again.',
      false,
    );
  }
  if (status === 429) {
    const wait = retryAfterMs === undefined ? '' : ` and asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
    return explain(
      'rate-limited',
      `${server.who} has had too many requests${wait}${said}.`,
      'Wait a while, or choose another model.',
      true,
    );
  }
  if (status === 404) {
    return explain(
      'provider-error',
      `${server.who} does not know the model or the address${said}.`,
      'Check the name of the model and the base URL, which usually ends in /v1.',
      false,
    );
  }
  if (status !== undefined && status >= 300 && status < 400) {
    return explain(
      'base-url-invalid',
      `${server.who} points to another address, which is not followed so that your key stays with this one.`,
      'Enter the final address as base URL.',
      false,
    );
  }
  const transient = status === undefined || status === 408 || status >= 500;
  const what = status === undefined ? 'reported an error' : `answered with error ${status}`;
  const hint = transient ? 'Send the prompt again, or choose another model.' : '';
  return explain('provider-error', `${server.who} ${what}${said}.`, hint, transient);
}

const errorBody = z.object({ message: z.string() });

/** The server's own words as `: "…"`, on one line, without the key; '' when it said nothing. */
function serverMessage(thrown: APIError, key: string): string {
  const parsed = errorBody.safeParse(thrown.error);
  if (!parsed.success) return '';
  const line = parsed.data.message.replace(/\s+/g, ' ').trim();
  const safe = key === '' ? line : line.replaceAll(key, '…');
  const short = safe.length > MAX_SERVER_MESSAGE ? `${safe.slice(0, MAX_SERVER_MESSAGE)}…` : safe;
  return short === '' ? '' : `: “${short.replace(/[.\s]+$/, '')}”`;
}

function numeric(code: unknown): number | undefined {
  const value = typeof code === 'number' || typeof code === 'string' ? Number(code) : NaN;
  return Number.isInteger(value) && value >= 300 && value < 600 ? value : undefined;
}

/**
 * Reads a `Retry-After` header (RFC 9110 §10.2.3: seconds, or a date) as ms from `now`; undefined when there is none that
 * can be read.
 */
export function parseRetryAfter(value: string | null | undefined, now: number): number | undefined {
  if (value === null || value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
