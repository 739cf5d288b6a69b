/** Notes in a turn's figures what only a clock can tell: when the turn got how far, and how its buffer went. */
import type { KeptFigures } from '../common/figures.ts';
import type { Readiness } from '../common/ports/bridge.ts';
import { traced } from './buffer-trace.ts';
import { isActive, type Turn, type TurnFigures } from './turn-state.ts';

/** The turn after a change, with what the change tells at the time `now` (the window's clock, ms). */
export function measured(before: Turn, after: Turn, now: number): Turn {
  // A turn that begins anew begins with no figures.
  if (before === after || before.speechId !== after.speechId) return after;
  const atMs = now - after.sentAt;
  const figures = after.figures;
  const times: Partial<TurnFigures> = {
    ...(before.answer === '' && after.answer !== '' ? { firstTokenMs: atMs } : {}),
    ...(before.sentences.length === 0 && after.sentences.length > 0 ? { firstSentenceMs: atMs } : {}),
    ...(isActive(before) && !isActive(after) ? { doneMs: atMs } : {}),
    ...(figures.chunks > 0
      ? {
          trace: traced(figures.trace, {
            atMs,
            bufferMs: figures.bufferMs,
            isGap: figures.underruns > before.figures.underruns,
          }),
        }
      : {}),
  };
  return { ...after, figures: { ...figures, ...times } };
}

/** What is kept of a turn that has ended. */
export function keptFigures(
  { figures, provider, state }: Turn,
  readiness: Readiness,
  endedAtMs: number,
): KeptFigures | undefined {
  if (state === 'streaming' || state === 'speaking') return undefined;
  const { firstTokenMs, firstSentenceMs, firstChunkMs, firstSoundMs, doneMs, rtf, underruns } = figures;
  const isReady = readiness.state === 'ready';
  return {
    endedAtMs,
    provider,
    engine: isReady ? readiness.engine : '',
    ep: isReady ? readiness.ep : '',
    outcome: state,
    firstTokenMs: known(firstTokenMs),
    firstSentenceMs: known(firstSentenceMs),
    firstChunkMs: known(firstChunkMs),
    firstSoundMs: known(firstSoundMs),
    doneMs: known(doneMs),
    rtf: known(rtf),
    underruns,
  };
}

function known(value: number | undefined): number | null {
  return value === undefined ? null : Math.max(0, value);
}
