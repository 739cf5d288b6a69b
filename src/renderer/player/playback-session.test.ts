import { describe, expect, it } from 'vitest';
import { PLAYER_CREDIT_MS, type PlayerCredit, type PlayerInput } from '../../common/ports/player.ts';
import { PlaybackSession } from './playback-session.ts';
import { PROGRESS_MS, type WorkletReport } from './worklet-messages.ts';

const RATE = 24_000;
const QUANTUM = 128;
const TURN = 'a3a9a0a4-60c5-4a0e-bb8f-1f6f6a0c7c01';

/** A session with what it sent, and a clock that moves with the quanta it renders. */
class Bench {
  readonly credits: PlayerCredit[] = [];
  readonly reports: WorkletReport[] = [];
  private readonly session = new PlaybackSession(RATE, {
    grant: (credit) => this.credits.push(credit),
    report: (report) => this.reports.push(report),
    epochNow: () => 1_700_000_000_000,
  });
  private samples = 0;

  open(sampleRate = RATE, pauseMs = 150): void {
    this.say({ type: 'turn.open', turnId: TURN, sampleRate, startBufferMs: 0, pauseMs, crossfadeMs: 0 });
  }

  chunk(chunkIndex: number, ms: number, last = false, sentenceIndex = 0): void {
    const pcm = new Int16Array((ms / 1000) * RATE).fill(9_000);
    this.say({ type: 'chunk', turnId: TURN, sentenceIndex, chunkIndex, pcm, last });
  }

  say(message: PlayerInput): void {
    this.session.onSpeech(message);
  }

  stop(): void {
    this.session.stop(TURN);
  }

  run(ms: number): void {
    const out = new Float32Array(QUANTUM);
    const until = this.samples + (ms / 1000) * RATE;
    for (; this.samples < until; this.samples += QUANTUM) this.session.render(out, this.samples / RATE);
  }

  ofType<T extends WorkletReport['type']>(type: T): Extract<WorkletReport, { type: T }>[] {
    return this.reports.filter(
      (report): report is Extract<WorkletReport, { type: T }> => report.type === type,
    );
  }
}

describe('credit', () => {
  it('is granted when a turn opens and as playing goes on, in steps', () => {
    const bench = new Bench();
    bench.open();
    expect(bench.credits).toEqual([{ type: 'credit', turnId: TURN, upToMs: PLAYER_CREDIT_MS }]);
    bench.chunk(0, 1_000);
    bench.run(1_100);
    expect(bench.credits.length).toBeGreaterThan(5);
    expect(bench.credits.length).toBeLessThan(13);
    const granted = bench.credits.map((credit) => credit.upToMs);
    expect(granted).toEqual([...granted].sort((a, b) => a - b));
  });

  it('begins anew with the next turn', () => {
    const bench = new Bench();
    bench.open();
    bench.chunk(0, 1_000);
    bench.run(600);
    const turnId = 'a3a9a0a4-60c5-4a0e-bb8f-1f6f6a0c7c02';
    bench.say({ type: 'turn.open', turnId, sampleRate: RATE, startBufferMs: 0, pauseMs: 0, crossfadeMs: 0 });
    expect(bench.credits.at(-1)).toEqual({ type: 'credit', turnId, upToMs: PLAYER_CREDIT_MS });
  });
});

describe('reports', () => {
  it('tell the first chunk once, at its arrival, and the first sound once, on the audio clock', () => {
    const bench = new Bench();
    bench.run(500);
    bench.open();
    bench.chunk(0, 100);
    expect(bench.ofType('first-chunk')).toEqual([
      { type: 'first-chunk', turnId: TURN, epochMs: 1_700_000_000_000 },
    ]);
    bench.chunk(1, 100);
    bench.run(100);
    expect(bench.ofType('first-chunk')).toHaveLength(1);
    const [sound, ...more] = bench.ofType('first-sound');
    expect(more).toEqual([]);
    expect(sound?.contextTimeS).toBeGreaterThanOrEqual(0.5);
    expect(sound?.contextTimeS).toBeLessThan(0.51);
  });

  it('tell progress at a bounded pace, only when something changed, and the final figures with the end', () => {
    const bench = new Bench();
    bench.open();
    bench.run(1_000);
    expect(bench.ofType('progress')).toHaveLength(1);
    bench.chunk(0, 400, true);
    bench.say({ type: 'turn.finish', turnId: TURN });
    bench.run(1_000);
    const progress = bench.ofType('progress');
    expect(progress.length).toBeLessThanOrEqual(3 + 400 / PROGRESS_MS);
    expect(progress.at(-1)).toMatchObject({
      phase: 'drained',
      chunks: 1,
      heardMs: 400,
      bufferMs: 0,
      underruns: 0,
    });
    expect(bench.reports.slice(-2).map((report) => report.type)).toEqual(['progress', 'drained']);
  });

  it.each([0, 150])('tell at once that a sentence begins, after a pause of %i ms', (pauseMs) => {
    const bench = new Bench();
    bench.open(RATE, pauseMs);
    bench.chunk(0, 250, true);
    bench.chunk(0, 250, true, 1);
    bench.run(600);
    const second = bench.ofType('progress').find(({ sentenceIndex }) => sentenceIndex === 1);
    expect(second?.sentenceMs).toBeGreaterThan(0);
    // One quantum of it, no more.
    expect(second?.sentenceMs).toBeLessThanOrEqual((QUANTUM / RATE) * 1_000);
  });

  it('tell nothing more of a stopped turn', () => {
    const bench = new Bench();
    bench.open();
    bench.chunk(0, 400);
    bench.run(100);
    bench.stop();
    const before = bench.reports.length;
    bench.chunk(1, 400);
    bench.run(500);
    expect(bench.reports).toHaveLength(before);
  });

  it('refuse a turn whose sound has another rate, instead of playing it at the wrong pitch', () => {
    const bench = new Bench();
    bench.open(44_100);
    bench.chunk(0, 100);
    bench.run(100);
    expect(bench.reports).toEqual([{ type: 'rate-unsupported', turnId: TURN, sampleRate: 44_100 }]);
    expect(bench.credits).toEqual([]);
  });
});
