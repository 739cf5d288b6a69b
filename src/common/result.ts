/**
 * Results and errors as every process of Aloud tells them to another.
 *
 * Inside a process code throws {@link AppFailure}; at a process's border the failure becomes an {@link AppError} (plain
 * data) and travels as a {@link Result} or inside a message. Nothing else crosses a border.
 */
import { FAILURES, type FailureText } from './strings/failures.ts';

/** The part of the path on which something failed. */
export type Stage =
  'settings' | 'model' | 'voice' | 'provider' | 'llm' | 'text' | 'speech' | 'player' | 'system';

/** Every failure that the program can name. A code is stable: scripts and tests may depend on it. */
export type ErrorCode =
  | 'prompt-empty'
  | 'prompt-too-long'
  | 'settings-damaged'
  | 'settings-unwritable'
  | 'conversations-damaged'
  | 'conversations-unwritable'
  | 'key-missing'
  | 'key-refused'
  | 'rate-limited'
  | 'host-unreachable'
  | 'provider-error'
  | 'stream-cut'
  | 'stream-stalled'
  | 'base-url-invalid'
  | 'model-unknown'
  | 'model-missing'
  | 'model-damaged'
  | 'model-mismatch'
  | 'ep-unusable'
  | 'voice-slow'
  | 'download-failed'
  | 'disk-full'
  | 'voice-missing'
  | 'voice-damaged'
  | 'voice-unsupported'
  | 'voice-name-unusable'
  | 'voice-name-taken'
  | 'nothing-to-say'
  | 'synthesis-failed'
  | 'process-gone'
  | 'audio-device-missing'
  | 'shortcut-taken'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'check-failed'
  | 'request-invalid'
  | 'cancelled'
  | 'internal';

/** A failure as it is shown: one clear sentence and what to do next. */
export interface AppError {
  readonly code: ErrorCode;
  readonly stage: Stage;
  /** One sentence in plain words, ending in a full stop; holds no secret and no stack. */
  readonly message: string;
  /** Whether the same call may succeed if made again unchanged. */
  readonly retryable: boolean;
  /** What the person can do, one sentence; '' when there is nothing to say. */
  readonly hint: string;
}

/** The answer of every call that crosses a process border. */
export type Result<T, E = AppError> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a value as a successful {@link Result}. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** Wraps an error as a failed {@link Result}. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

/** Builds an {@link AppError} from what is said of it; `retryable` defaults to false. */
export function appError(
  code: ErrorCode,
  stage: Stage,
  { message, hint = '' }: FailureText,
  { retryable = false }: { readonly retryable?: boolean } = {},
): AppError {
  return { code, stage, message, retryable, hint };
}

/** The exception that carries an {@link AppError} inside a process. */
export class AppFailure extends Error {
  override readonly name = 'AppFailure';
  readonly error: AppError;

  constructor(error: AppError, options?: { readonly cause?: unknown }) {
    super(error.message, options);
    this.error = error;
  }
}

/** Throws an {@link AppFailure} built from its arguments. */
export function fail(
  code: ErrorCode,
  stage: Stage,
  text: FailureText,
  extra: { readonly retryable?: boolean; readonly cause?: unknown } = {},
): never {
  throw new AppFailure(appError(code, stage, text, extra), { cause: extra.cause });
}

/**
 * Turns whatever was thrown into an {@link AppError}. An {@link AppFailure} gives its own error; anything else is
 * `internal` on the stage that caught it, with the exception's message.
 */
export function toAppError(thrown: unknown, stage: Stage): AppError {
  if (thrown instanceof AppFailure) return thrown.error;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return appError('internal', stage, FAILURES.program.internal(text.replace(/\s+/g, ' ').trim()));
}

/** The message and hint of an error as one line, for a terminal or a log. */
export function errorLine(error: AppError): string {
  return error.hint ? `${error.message} ${error.hint}` : error.message;
}

/** Proves to the compiler that a switch over a union has named every case. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
