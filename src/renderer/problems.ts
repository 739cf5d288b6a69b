/** Failures that belong to no turn: each stands on screen once, and a later one does not take an earlier one's place. */
import type { AppError } from '../common/result.ts';

/** So many are shown at once; the oldest goes for another. */
export const MOST_PROBLEMS = 3;

/** The failures on screen with one more. One with the same message, told again, is the newest and stands once. */
export function withProblem(problems: readonly AppError[], problem: AppError): readonly AppError[] {
  return [...problems.filter(({ message }) => message !== problem.message), problem].slice(-MOST_PROBLEMS);
}
