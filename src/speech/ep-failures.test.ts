import { describe, expect, it } from 'vitest';
import { AppFailure, appError } from '../common/result.ts';
import { EpFailures } from './ep-failures.ts';

const failure = (code: 'synthesis-failed' | 'voice-damaged', cause?: Error): AppFailure =>
  new AppFailure(appError(code, 'speech', { message: 'It failed.' }), { cause });

describe('an execution provider', () => {
  it('is given up at the second failure in a row', () => {
    const failures = new EpFailures();
    expect([failures.note(failure('synthesis-failed')), failures.note(failure('synthesis-failed'))]).toEqual([
      false,
      true,
    ]);
  });

  it('is kept when something was said between two failures', () => {
    const failures = new EpFailures();
    failures.note(failure('synthesis-failed'));
    failures.noteSuccess();
    expect(failures.note(failure('synthesis-failed'))).toBe(false);
  });

  it('is given up at once when its memory is full', () => {
    const cause = new Error('CUDA failure 2: out of memory');
    expect(new EpFailures().note(failure('synthesis-failed', cause))).toBe(true);
  });

  it('is not blamed for a voice or a request that will not do', () => {
    const failures = new EpFailures();
    for (let i = 0; i < 3; i++) expect(failures.note(failure('voice-damaged'))).toBe(false);
  });
});
