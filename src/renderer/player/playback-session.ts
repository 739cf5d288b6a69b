/**
 * What the worklet does, without the worklet: feeds the queue from the speech port, grants credit, and reports.
 *
 * Contract. Audio thread only. `onSpeech` and `onCommand` run between render quanta; `render` runs inside one. `render`
 * itself makes no objects except for a message that is due: credit at most every CREDIT_STEP_MS of sound, progress with a
 * change of phase or sentence and at most every PROGRESS_MS besides, and two single events a turn.
 */
import { samplesToMs } from '../../common/audio.ts';
import { CREDIT_STEP_MS, type PlayerCredit, type PlayerInput } from '../../common/ports/player.ts';
import { PlaybackQueue } from './playback-queue.ts';
import { PROGRESS_MS, type WorkletReport } from './worklet-messages.ts';

/** How the session reaches the outside. */
export interface SessionOutlets {
  /** Sends to the speech process. */
  readonly grant: (credit: PlayerCredit) => void;
  /** Sends to the window. */
  readonly report: (report: WorkletReport) => void;
  /** Wall clock, ms. */
  readonly epochNow: () => number;
}

/** See the contract at the top of this file. */
export class PlaybackSession {
  private readonly sampleRate: number;
  private readonly queue: PlaybackQueue;
  private readonly outlets: SessionOutlets;
  private grantedMs = 0;
  private sinceReportMs = 0;
  private reportedChunks = 0;
  private reportedHeardMs = 0;
  private reportedPhase = '';
  private reportedSentence = -1;
  private saidDrained = false;

  constructor(sampleRate: number, outlets: SessionOutlets) {
    this.sampleRate = sampleRate;
    this.queue = new PlaybackQueue(sampleRate);
    this.outlets = outlets;
  }

  /** A message of the speech process. */
  onSpeech(message: PlayerInput): void {
    if (message.type === 'turn.open' && message.sampleRate !== this.sampleRate) {
      const { turnId, sampleRate } = message;
      this.queue.stop(turnId);
      this.outlets.report({ type: 'rate-unsupported', turnId, sampleRate });
      return;
    }
    const chunksBefore = this.queue.current?.chunks;
    this.queue.accept(message);
    const turn = this.queue.current;
    if (turn === undefined) return;
    if (message.type === 'turn.open') this.begin();
    if (message.type === 'chunk' && chunksBefore === 0 && turn.chunks === 1) {
      this.outlets.report({ type: 'first-chunk', turnId: turn.turnId, epochMs: this.outlets.epochNow() });
    }
  }

  /** Silence now: the person stopped the turn. */
  stop(turnId: string): void {
    this.queue.stop(turnId);
  }

  /** Silence until {@link PlaybackSession.resume}. */
  pause(): void {
    this.queue.pause();
  }

  resume(): void {
    this.queue.resume();
  }

  /** Nothing begins after the current sentence until speech says it anew; reported by `held`. */
  hold(turnId: string): void {
    const sentenceIndex = this.queue.hold(turnId);
    if (sentenceIndex !== undefined) this.outlets.report({ type: 'held', turnId, sentenceIndex });
  }

  /** Goes to a sentence; reported by `went`. */
  goTo(turnId: string, sentenceIndex: number): void {
    const isQueued = this.queue.goTo(turnId, sentenceIndex);
    if (isQueued !== undefined) this.outlets.report({ type: 'went', turnId, sentenceIndex, isQueued });
  }

  /** Fills one quantum. `contextTimeS` is the audio clock at its first sample, seconds. */
  render(out: Float32Array, contextTimeS: number): void {
    this.queue.pull(out);
    const turn = this.queue.current;
    if (turn === undefined) return;
    if (turn.audibleOffset >= 0) {
      this.outlets.report({
        type: 'first-sound',
        turnId: turn.turnId,
        contextTimeS: contextTimeS + turn.audibleOffset / this.sampleRate,
      });
    }
    if (this.queue.creditUpToMs >= this.grantedMs + CREDIT_STEP_MS) this.grantCredit();
    this.sinceReportMs += samplesToMs(out.length, this.sampleRate);
    this.reportProgress(contextTimeS + out.length / this.sampleRate);
    if (turn.phase === 'drained' && !this.saidDrained) {
      this.saidDrained = true;
      this.outlets.report({ type: 'drained', turnId: turn.turnId });
    }
  }

  private begin(): void {
    this.reportedChunks = 0;
    this.reportedHeardMs = 0;
    this.reportedPhase = '';
    this.reportedSentence = -1;
    this.saidDrained = false;
    this.sinceReportMs = PROGRESS_MS;
    this.grantCredit();
  }

  private grantCredit(): void {
    const turn = this.queue.current;
    if (turn === undefined) return;
    this.grantedMs = this.queue.creditUpToMs;
    this.outlets.grant({ type: 'credit', turnId: turn.turnId, upToMs: this.grantedMs });
  }

  /** The last report of a turn is never held back: it carries the final figures. */
  private reportProgress(contextTimeS: number): void {
    const turn = this.queue.current;
    if (turn === undefined) return;
    const { turnId, phase, chunks, bufferMs, sentenceIndex, sentenceMs, heardMs, underruns } = turn;
    const isElsewhere = phase !== this.reportedPhase || sentenceIndex !== this.reportedSentence;
    const hasMoved = chunks !== this.reportedChunks || heardMs !== this.reportedHeardMs;
    if (!isElsewhere && (!hasMoved || this.sinceReportMs < PROGRESS_MS)) return;
    this.sinceReportMs = 0;
    this.reportedPhase = phase;
    this.reportedSentence = sentenceIndex;
    this.reportedChunks = chunks;
    this.reportedHeardMs = heardMs;
    this.outlets.report({
      type: 'progress',
      turnId,
      phase,
      chunks,
      bufferMs,
      sentenceIndex,
      sentenceMs,
      heardMs,
      underruns,
      contextTimeS,
    });
  }
}
