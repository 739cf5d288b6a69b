/**
 * The gate of every call of the page: who calls, and with what. Behind it an argument has the shape that its schema says, and
 * nothing that is thrown gets out.
 */
import type { z } from 'zod';
import { appError, err, toAppError, type Result } from '../common/result.ts';
import { FAILURES } from '../common/strings/failures.ts';

/** What is known of a call before its argument is looked at. */
export interface Caller<Page> {
  readonly page: Page;
  /** Origin of the frame that calls; undefined when it is gone already. */
  readonly origin: string | undefined;
}

/** Who may call. */
export interface Gate<Page> {
  /** The page's origin. */
  readonly origin: string;
  readonly isOurs: (page: Page) => boolean;
}

/** Wraps a call; the answer is always a `Result`, `request-invalid` for a stranger or a wrong argument. */
export function guardedCall<Page, A>(
  gate: Gate<Page>,
  schema: z.ZodType<A>,
  run: (args: A, page: Page) => Promise<Result<unknown>>,
): (caller: Caller<Page>, args: unknown) => Promise<Result<unknown>> {
  return async ({ page, origin }, args) => {
    if (!gate.isOurs(page) || origin !== gate.origin) return refused();
    try {
      const parsed = schema.safeParse(args);
      return parsed.success ? await run(parsed.data, page) : refused();
    } catch (thrown) {
      return err(toAppError(thrown, 'system'));
    }
  };
}

function refused(): Result<never> {
  return err(appError('request-invalid', 'system', FAILURES.window.notUnderstood));
}
