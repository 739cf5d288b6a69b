import { describe, expect, it } from 'vitest';
import { appError, type AppError } from '../common/result.ts';
import { MOST_PROBLEMS, withProblem } from './problems.ts';

const problem = (message: string): AppError => appError('file-unwritable', 'settings', { message });
const shown = (...messages: readonly string[]): string[] =>
  messages
    .reduce<readonly AppError[]>((problems, message) => withProblem(problems, problem(message)), [])
    .map(({ message }) => message);

describe('failures that belong to no turn', () => {
  it('stand beside each other, the newest last', () => {
    expect(shown('The settings.', 'The conversations.')).toEqual(['The settings.', 'The conversations.']);
  });

  it('stand once when they are told again', () => {
    expect(shown('One.', 'Two.', 'One.')).toEqual(['Two.', 'One.']);
  });

  it('are not more than fit above the prompt: the oldest goes', () => {
    const messages = Array.from({ length: MOST_PROBLEMS + 2 }, (_, index) => `Problem ${index}.`);
    expect(shown(...messages)).toEqual(messages.slice(2));
  });
});
