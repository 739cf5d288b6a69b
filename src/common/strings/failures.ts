/** The sentence of every failure, with what the person can do about it: kept in one place for whoever translates them. */
import { LANGUAGE_MODEL_FAILURES } from './failures/language-model.ts';
import { VOICE_FAILURES } from './failures/voice.ts';
import { LIBRARY_FAILURES } from './failures/library.ts';
import { PROGRAM_FAILURES } from './failures/program.ts';

export type { FailureText } from './failures/failure-text.ts';

/** By what failed, and how. */
export const FAILURES = {
  ...LANGUAGE_MODEL_FAILURES,
  ...VOICE_FAILURES,
  ...LIBRARY_FAILURES,
  ...PROGRAM_FAILURES,
} as const;
