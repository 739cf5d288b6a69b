/** A button that plays a sample of a voice, and stops it again. */
import { useState } from 'react';
import type { Blend } from '../../common/blend.ts';
import type { AppError } from '../../common/result.ts';
import { isActive } from '../turn-state.ts';
import { useApp } from './use-app.ts';

export interface Sample {
  readonly isPlaying: boolean;
  /** Why the sample that was asked for here is not heard. */
  readonly error: AppError | undefined;
  readonly toggle: () => void;
}

/** The sample of one place in the window: another's does not concern it. */
export function useSample(voice: string | Blend): Sample {
  const [pressed, setPressed] = useState('');
  const sample = useApp((state) => (state.sample?.id === pressed ? state.sample : undefined));
  const tryVoice = useApp((state) => state.tryVoice);
  const stop = useApp((state) => state.stop);
  const isPlaying = isActive(sample);
  return {
    isPlaying,
    error: sample?.error,
    toggle: () => (isPlaying ? stop() : setPressed(tryVoice(voice))),
  };
}
