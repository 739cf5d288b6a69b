/** Says what went wrong at a language server, in the person's words, and whether trying again makes sense. */
import { APIConnectionError, APIError } from 'openai';
import { z } from 'zod';
import { appError, AppFailure, toAppError, type AppError, type ErrorCode } from '../../common/result.ts';
import { FAILURES, type FailureText } from '../../common/strings/failures.ts';

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
  const error = appError('stream-cut', 'provider', FAILURES.server.cutInMidAnswer(server.who), {
    retryable: true,
  });
  return { error, transient: true, retryAfterMs: undefined };
}

/** What came is no answer in the form that was agreed. */
export function unreadable(server: Server): AppError {
  return appError('provider-error', 'provider', FAILURES.server.unreadable(server.who), { retryable: true });
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
  const unreachable = (text: FailureText, transient: boolean): ServerFailure => ({
    error: appError('host-unreachable', 'provider', text, { retryable: transient }),
    transient,
    retryAfterMs: undefined,
  });
  if (UNKNOWN_HOST.has(code)) {
    return unreachable(FAILURES.server.hostNotFound(server.host), true);
  }
  if (CERTIFICATE.test(code)) {
    return unreachable(FAILURES.server.noCertificate(server.who), false);
  }
  if (code === 'ECONNREFUSED') {
    const { nothingAnswersHere, nothingAnswers } = FAILURES.server;
    return unreachable((server.local ? nothingAnswersHere : nothingAnswers)(server.host), true);
  }
  return unreachable(FAILURES.server.unreachable(server.who), true);
}

function explainAnswer(thrown: APIError, server: Server): ServerFailure {
  // An error event inside a stream has no status; OpenRouter puts the status into the error's code.
  const status = typeof thrown.status === 'number' ? thrown.status : numeric(thrown.code);
  const said = serverMessage(thrown, server.key);
  const retryAfterMs = parseRetryAfter(thrown.headers?.get('retry-after'), Date.now());
  const explain = (code: ErrorCode, text: FailureText, transient: boolean): ServerFailure => ({
    error: appError(code, 'provider', text, { retryable: transient }),
    transient,
    retryAfterMs,
  });
  if (status === 401 || status === 403) {
    if (server.key === '') {
      return explain('key-missing', FAILURES.server.asksForKey(server.who), false);
    }
    return explain('key-refused', FAILURES.server.keyRefused(server.who, said), false);
  }
  if (status === 429) {
    const waitS = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
    return explain('rate-limited', FAILURES.server.tooManyRequests(server.who, waitS, said), true);
  }
  if (status === 404) {
    return explain('provider-error', FAILURES.server.unknownThere(server.who, said), false);
  }
  if (status !== undefined && status >= 300 && status < 400) {
    return explain('base-url-invalid', FAILURES.server.pointsElsewhere(server.who), false);
  }
  const transient = status === undefined || status === 408 || status >= 500;
  const text = FAILURES.server.failed(server.who, status, said);
  return explain('provider-error', transient ? text : { message: text.message }, transient);
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
