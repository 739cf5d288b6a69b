import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAYER_CREDIT_MS, type PlayerInput } from '../../common/ports/player.ts';
import { PlaybackQueue } from './playback-queue.ts';
import { RAMP_MS } from './turn-sound.ts';

/** At this rate one sample is one millisecond, so a ramp is RAMP_MS samples. */
const RATE = 1_000;
const SCALE = 32_768;

const TURN = '6f0c5a52-7a3e-4a55-9d5c-0f6b1f5f7d10';
const OTHER = 'b5b0f3d0-4b0e-4d0e-8d7e-53a4dbe3c7a2';

interface OpenOptions {
  readonly turnId?: string;
  readonly startBufferMs?: number;
  readonly pauseMs?: number;
  readonly crossfadeMs?: number;
}

function open({
  turnId = TURN,
  startBufferMs = 0,
  pauseMs = 0,
  crossfadeMs = 0,
}: OpenOptions = {}): PlayerInput {
  return { type: 'turn.open', turnId, sampleRate: RATE, startBufferMs, pauseMs, crossfadeMs };
}

function chunk(
  sentenceIndex: number,
  chunkIndex: number,
  samples: readonly number[],
  last = true,
  turnId = TURN,
): PlayerInput {
  return { type: 'chunk', turnId, sentenceIndex, chunkIndex, pcm: Int16Array.from(samples), last };
}

const finish: PlayerInput = { type: 'turn.finish', turnId: TURN };

function queueWith(...messages: PlayerInput[]): PlaybackQueue {
  const queue = new PlaybackQueue(RATE);
  for (const message of messages) queue.accept(message);
  return queue;
}

/** The next samples as 16-bit values. */
function pull(queue: PlaybackQueue, samples: number): number[] {
  const out = new Float32Array(samples).fill(0.5);
  queue.pull(out);
  return Array.from(out, (sample) => sample * SCALE);
}

function level(samples: number, value = 10_000): number[] {
  return new Array<number>(samples).fill(value);
}

/** Sentences whose samples all differ, so that one that is missing, doubled or moved is seen. */
const sentences = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }).map((lengths) => {
  let next = 1_000;
  return lengths.map((length) => Array.from({ length }, () => next++));
});

/** The messages of a turn, each sentence cut into chunks at `cuts` (which repeat). */
function messagesOf(texts: readonly number[][], cuts: readonly number[]): PlayerInput[] {
  const messages: PlayerInput[] = [];
  let cut = 0;
  texts.forEach((samples, index) => {
    let from = 0;
    let chunkIndex = 0;
    do {
      const to = Math.min(samples.length, from + (cuts[cut++ % cuts.length] ?? 1));
      messages.push(chunk(index, chunkIndex++, samples.slice(from, to), to === samples.length));
      from = to;
    } while (from < samples.length);
  });
  return [...messages, finish];
}

const cuts = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 6 });

describe('order and completeness', () => {
  it('gives the sentences with their pauses, whatever the chunks and the pulls', () => {
    fc.assert(
      fc.property(
        sentences,
        cuts,
        fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 30 }),
        (texts, chunking, pulls, pauseMs) => {
          const spoken = texts.filter((samples) => samples.length > 0);
          const expected = spoken.flatMap((samples, i) => [...(i > 0 ? level(pauseMs, 0) : []), ...samples]);
          const queue = queueWith(open({ pauseMs }), ...messagesOf(texts, chunking));
          const heard: number[] = [];
          for (let i = 0; heard.length < expected.length + 20; i++) {
            heard.push(...pull(queue, pulls[i % pulls.length] ?? 1));
          }
          const total = spoken.flat().length;
          let sounded = 0;
          expected.forEach((sample, i) => {
            const inRamp = sounded < RAMP_MS || sounded >= total - RAMP_MS;
            if (sample > 0) sounded++;
            if (inRamp) expect(Math.abs(heard[i] ?? NaN)).toBeLessThanOrEqual(sample);
            else expect(heard[i]).toBe(sample);
          });
          expect(heard.slice(expected.length + RAMP_MS).every((sample) => sample === 0)).toBe(true);
          expect(queue.current?.phase).toBe('drained');
          expect(queue.current?.underruns).toBe(0);
        },
      ),
    );
  });

  it('plays each sample once and in order when sound comes late, and counts every dry spell that sound follows', () => {
    fc.assert(
      fc.property(
        sentences,
        cuts,
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1 }),
        (texts, chunking, waits) => {
          const source = texts.flat();
          const queue = queueWith(open({ startBufferMs: 4, pauseMs: 3 }));
          let played = 0;
          let sincePause = 0;
          let drySpells = 0;
          const step = (): void => {
            const [sample = NaN] = pull(queue, 1);
            const now = queue.current?.heardMs ?? 0;
            if (now === played) {
              sincePause = 0;
              expect(Math.abs(sample)).toBeLessThanOrEqual(source[played - 1] ?? 0);
              return;
            }
            expect(now).toBe(played + 1);
            const expected = source[played] ?? NaN;
            const mayRamp = sincePause < RAMP_MS || played >= source.length - RAMP_MS;
            if (!mayRamp) expect(sample).toBe(expected);
            sincePause++;
            played = now;
          };
          messagesOf(texts, chunking).forEach((message, i) => {
            const isDry = queue.current?.phase === 'buffering' && played > 0 && queue.current.bufferMs === 0;
            if (isDry && message.type === 'chunk' && message.pcm.length > 0) drySpells++;
            queue.accept(message);
            for (let wait = waits[i % waits.length] ?? 0; wait > 0; wait--) step();
          });
          for (let i = 0; i < source.length + 100; i++) step();
          expect(played).toBe(source.length);
          expect(queue.current?.phase).toBe('drained');
          expect(queue.current?.underruns).toBe(drySpells);
        },
      ),
    );
  });

  it('drops chunks that come twice, late, after the end or of another turn', () => {
    const queue = queueWith(
      open(),
      chunk(0, 0, level(20, 1), false),
      chunk(0, 0, level(20, 99), false),
      chunk(0, 1, level(20, 2)),
      chunk(0, 2, level(20, 99)),
      chunk(2, 0, level(20, 3)),
      chunk(1, 0, level(20, 99)),
      chunk(3, 0, level(20, 99), true, OTHER),
      finish,
      chunk(3, 0, level(20, 99)),
    );
    const heard = pull(queue, 100);
    expect(Math.max(...heard)).toBe(3);
    expect(heard.slice(RAMP_MS, 60 - RAMP_MS)).toEqual([...level(15, 1), ...level(20, 2), ...level(15, 3)]);
    expect(queue.current?.chunks).toBe(3);
  });

  it('goes on with the next sentence when one broke off without its last chunk', () => {
    const queue = queueWith(
      open({ pauseMs: 4 }),
      chunk(0, 0, level(10, 7), false),
      chunk(1, 0, level(10, 8)),
    );
    expect(pull(queue, 24).slice(RAMP_MS)).toEqual([...level(5, 7), ...level(4, 0), ...level(10, 8)]);
  });
});

describe('when playing starts', () => {
  it('waits for the start buffer', () => {
    const queue = queueWith(open({ startBufferMs: 30 }), chunk(0, 0, level(29), false));
    expect(pull(queue, 10)).toEqual(level(10, 0));
    queue.accept(chunk(0, 1, level(1), false));
    expect(pull(queue, 10).at(-1)).toBe(10_000);
  });

  it('does not wait when nothing more will come', () => {
    const queue = queueWith(open({ startBufferMs: 500 }), chunk(0, 0, level(20)), finish);
    expect(pull(queue, 10).at(-1)).toBe(10_000);
  });

  it('starts at three quarters of the credit though a longer start buffer was asked for: more may never come', () => {
    const queue = queueWith(
      open({ startBufferMs: 60_000 }),
      chunk(0, 0, level(PLAYER_CREDIT_MS * 0.75), false),
    );
    expect(pull(queue, 10).at(-1)).toBe(10_000);
  });

  it('tells where the first audible sample stands, once a turn', () => {
    const queue = queueWith(open(), chunk(0, 0, [...level(12, 0), ...level(40)]));
    pull(queue, 8);
    expect(queue.current?.audibleOffset).toBe(-1);
    pull(queue, 8);
    expect(queue.current?.audibleOffset).toBe(4);
    pull(queue, 8);
    expect(queue.current?.audibleOffset).toBe(-1);
  });
});

describe('ramps', () => {
  it('rises at the start of speech, falls at its end, and leaves pauses hard', () => {
    const queue = queueWith(open({ pauseMs: 4 }), chunk(0, 0, level(20)), chunk(1, 0, level(20)), finish);
    const heard = pull(queue, 60);
    const start = heard.slice(0, RAMP_MS);
    expect(start).toEqual([...start].sort((a, b) => a - b));
    expect(start[0]).toBeLessThan(500);
    expect(heard.slice(RAMP_MS, 39)).toEqual([...level(15), ...level(4, 0), ...level(15)]);
    const end = heard.slice(39, 44);
    expect(end).toEqual([...end].sort((a, b) => b - a));
    expect(end.at(-1)).toBeLessThan(500);
    expect(heard.slice(44 + RAMP_MS)).toEqual(level(11, 0));
  });

  it('falls to silence on an underrun without taking a sample, and rises again', () => {
    const queue = queueWith(open({ startBufferMs: 10 }), chunk(0, 0, level(20), false));
    const heard = pull(queue, 40);
    expect(heard.slice(RAMP_MS, 20)).toEqual(level(15));
    const fall = heard.slice(20, 20 + RAMP_MS);
    expect(fall).toEqual([...fall].sort((a, b) => b - a));
    expect(heard.slice(25)).toEqual(level(15, 0));
    queue.accept(chunk(0, 1, level(9), false));
    expect(pull(queue, 5)).toEqual(level(5, 0));
    queue.accept(chunk(0, 2, level(30)));
    const again = pull(queue, 20);
    expect(again[0]).toBeLessThan(500);
    expect(again.slice(RAMP_MS)).toEqual(level(15));
    expect(queue.current?.underruns).toBe(1);
    expect(queue.current?.heardMs).toBe(40);
  });

  it('counts no underrun when the turn ends while it waits for a next sentence', () => {
    const queue = queueWith(open({ pauseMs: 5 }), chunk(0, 0, level(20)));
    pull(queue, 60);
    queue.accept(finish);
    pull(queue, 1);
    expect(queue.current?.phase).toBe('drained');
    expect(queue.current?.underruns).toBe(0);
  });
});

describe('crossfade', () => {
  it('overlaps neighbours by its time at equal power and loses no sample', () => {
    const queue = queueWith(
      open({ crossfadeMs: 10, pauseMs: 50 }),
      chunk(0, 0, level(40)),
      chunk(1, 0, level(40)),
      finish,
    );
    const heard = pull(queue, 100);
    expect(heard.slice(RAMP_MS, 30)).toEqual(level(25));
    for (let k = 0; k < 10; k++) {
      const angle = ((k + 0.5) / 10) * (Math.PI / 2);
      expect(heard[30 + k]).toBeCloseTo(10_000 * (Math.cos(angle) + Math.sin(angle)), 1);
    }
    expect(heard.slice(40, 70 - RAMP_MS)).toEqual(level(25));
    expect(heard.slice(70 + RAMP_MS)).toEqual(level(25, 0));
    expect(queue.current?.heardMs).toBe(80);
    expect(queue.current?.bufferMs).toBe(0);
  });

  it('is the same whatever the chunks and the pulls', () => {
    const play = (texts: readonly number[][], chunking: readonly number[], size: number): number[] => {
      const queue = queueWith(open({ crossfadeMs: 12 }), ...messagesOf(texts, chunking));
      const heard: number[] = [];
      while (heard.length < 260) heard.push(...pull(queue, size));
      return heard.slice(0, 260);
    };
    fc.assert(
      fc.property(sentences, cuts, fc.integer({ min: 1, max: 64 }), (texts, chunking, size) => {
        expect(play(texts, chunking, size)).toEqual(play(texts, [1_000], 260));
      }),
    );
  });

  it('plays the sentence to its end when the next one is not here yet', () => {
    const queue = queueWith(open({ crossfadeMs: 10 }), chunk(0, 0, level(40)));
    expect(pull(queue, 40).slice(RAMP_MS)).toEqual(level(35));
    pull(queue, 10);
    queue.accept(chunk(1, 0, level(40, 5_000)));
    queue.accept(finish);
    expect(pull(queue, 35).slice(RAMP_MS)).toEqual(level(30, 5_000));
    pull(queue, 10);
    expect(queue.current?.heardMs).toBe(80);
  });
});

describe('stop', () => {
  it('is silent after one ramp at any moment, and refuses what still comes of the turn', () => {
    fc.assert(
      fc.property(
        sentences,
        cuts,
        fc.integer({ min: 0, max: 150 }),
        fc.boolean(),
        (texts, chunking, moment, byPerson) => {
          const queue = queueWith(open({ pauseMs: 5 }), ...messagesOf(texts, chunking));
          if (moment > 0) pull(queue, moment);
          if (byPerson) queue.stop(TURN);
          else queue.accept({ type: 'turn.stop', turnId: TURN });
          queue.accept(chunk(9, 0, level(50)));
          queue.accept(open());
          queue.accept(chunk(9, 1, level(50)));
          expect(queue.current).toBeUndefined();
          pull(queue, RAMP_MS);
          expect(pull(queue, 50)).toEqual(level(50, 0));
        },
      ),
    );
  });

  it('falls with the sound that was next, not with a jump', () => {
    const queue = queueWith(open(), chunk(0, 0, level(100)));
    pull(queue, 20);
    queue.stop(TURN);
    const fall = pull(queue, RAMP_MS);
    expect(fall[0]).toBeGreaterThan(9_000);
    expect(fall).toEqual([...fall].sort((a, b) => b - a));
  });

  it('of a turn that is not open yet keeps it from opening', () => {
    const queue = new PlaybackQueue(RATE);
    queue.stop(TURN);
    queue.accept(open());
    queue.accept(chunk(0, 0, level(50)));
    expect(pull(queue, 20)).toEqual(level(20, 0));
  });

  it('of another turn changes nothing', () => {
    const queue = queueWith(open(), chunk(0, 0, level(50)));
    queue.stop(OTHER);
    expect(pull(queue, 20).at(-1)).toBe(10_000);
  });
});

describe('a new turn', () => {
  it('replaces the one that plays, whose sound fades beneath it', () => {
    const queue = queueWith(open(), chunk(0, 0, level(100)));
    pull(queue, 20);
    queue.accept(open({ turnId: OTHER }));
    queue.accept(chunk(0, 0, level(50, 200), true, OTHER));
    const heard = pull(queue, 30);
    expect(heard[0]).toBeGreaterThan(9_000);
    expect(heard.slice(RAMP_MS)).toEqual(level(25, 200));
    expect(queue.current?.heardMs).toBe(30);
  });
});

describe('figures', () => {
  it('grants credit a fixed time ahead of what was played, never less than before', () => {
    const queue = queueWith(open({ pauseMs: 10 }), chunk(0, 0, level(30)), chunk(1, 0, level(30)));
    const granted = [queue.creditUpToMs];
    for (let i = 0; i < 12; i++) {
      pull(queue, 10);
      granted.push(queue.creditUpToMs);
    }
    expect(granted).toEqual([...granted].sort((a, b) => a - b));
    expect(granted[0]).toBe(PLAYER_CREDIT_MS);
    expect(granted.at(-1)).toBe(60 + PLAYER_CREDIT_MS);
  });

  it('tells sentence, time within it, and what is queued', () => {
    const queue = queueWith(open({ pauseMs: 10 }), chunk(0, 0, level(30)), chunk(1, 0, level(30)));
    expect(queue.current).toMatchObject({ sentenceIndex: -1, sentenceMs: 0, heardMs: 0, bufferMs: 60 });
    pull(queue, 35);
    expect(queue.current).toMatchObject({
      sentenceIndex: 0,
      sentenceMs: 30,
      heardMs: 30,
      bufferMs: 30,
      phase: 'pause',
    });
    pull(queue, 10);
    expect(queue.current).toMatchObject({ sentenceIndex: 1, sentenceMs: 5, heardMs: 35, bufferMs: 25 });
  });

  it('keeps no played sound', () => {
    const queue = queueWith(open());
    for (let i = 0; i < 500; i++) {
      queue.accept(chunk(0, i, level(10), false));
      pull(queue, 10);
    }
    expect(queue.current).toMatchObject({ heardMs: 5_000, bufferMs: 0, underruns: 0 });
  });
});

describe('a turn that speech goes on with after it was started anew', () => {
  it('keeps what is whole, drops the sentence that broke off, and plays that from its start', () => {
    const queue = queueWith(
      open(),
      chunk(0, 0, level(30, 1_000)),
      chunk(1, 0, level(20, 2_000), false),
      open(),
      chunk(1, 0, level(50, 3_000)),
      finish,
    );
    const heard = pull(queue, 100);
    expect(heard.slice(10, 30)).toEqual(level(20, 1_000));
    expect(heard.slice(30, 70)).toEqual(level(40, 3_000));
    expect(heard.slice(90)).toEqual(level(10, 0));
    expect(queue.current?.phase).toBe('drained');
  });

  it('breaks off a sentence that is being played, with a ramp, and plays it once more from its start', () => {
    const queue = queueWith(open(), chunk(0, 0, level(100, 1_000), false));
    pull(queue, 40);
    queue.accept(open());
    const silence = pull(queue, 20);
    expect(silence.slice(RAMP_MS)).toEqual(level(20 - RAMP_MS, 0));
    queue.accept(chunk(0, 0, level(50, 2_000)));
    queue.accept(finish);
    expect(pull(queue, 60).slice(RAMP_MS, 40)).toEqual(level(40 - RAMP_MS, 2_000));
    expect(queue.current?.sentenceMs).toBe(50);
  });

  it('waits for the start buffer of the sentence that comes now, not for the turn’s first', () => {
    const queue = queueWith(open({ startBufferMs: 10 }), chunk(0, 0, level(30), false));
    pull(queue, 40);
    queue.accept(open({ startBufferMs: 50 }));
    queue.accept(chunk(0, 0, level(40), false));
    expect(pull(queue, 20).slice(RAMP_MS)).toEqual(level(20 - RAMP_MS, 0));
    queue.accept(chunk(0, 1, level(20)));
    expect(pull(queue, 20).slice(RAMP_MS)).toEqual(level(20 - RAMP_MS));
  });

  it('does not play a sentence twice that speech had sent whole without telling so', () => {
    const queue = queueWith(open(), chunk(0, 0, level(30)), open(), chunk(0, 0, level(30)), finish);
    pull(queue, 100);
    expect(queue.current?.heardMs).toBe(30);
  });

  it('counts the credit from the new opening on, what still waits included', () => {
    const queue = queueWith(open(), chunk(0, 0, level(100)), chunk(1, 0, level(100), false));
    pull(queue, 40);
    queue.accept(open());
    expect(queue.creditUpToMs).toBe(PLAYER_CREDIT_MS - 60);
    pull(queue, 60);
    expect(queue.creditUpToMs).toBe(PLAYER_CREDIT_MS);
  });
});

describe('a pause', () => {
  it('falls silent within the ramp and goes on with nothing lost and nothing doubled', () => {
    const samples = Array.from({ length: 40 }, (_, i) => 1_000 + i);
    const queue = queueWith(open(), chunk(0, 0, samples), finish);
    const before = pull(queue, 10);
    queue.pause();
    const silent = pull(queue, 30);
    expect(silent.slice(RAMP_MS)).toEqual(new Array(30 - RAMP_MS).fill(0));
    queue.resume();
    const after = pull(queue, 40);
    // The samples of the ramp are those that come next; after them and the ramp up all are as they were.
    expect(before.slice(RAMP_MS)).toEqual(samples.slice(RAMP_MS, 10));
    expect(after.slice(RAMP_MS, 20)).toEqual(samples.slice(10 + 2 * RAMP_MS, 30 + RAMP_MS));
    expect(queue.current?.phase).toBe('drained');
    expect(queue.current?.underruns).toBe(0);
  });

  it('holds credit back: what is queued stays queued', () => {
    const queue = queueWith(open(), chunk(0, 0, level(1_000)));
    pull(queue, 100);
    queue.pause();
    const credit = queue.creditUpToMs;
    pull(queue, 500);
    expect(queue.creditUpToMs).toBe(credit);
  });
});

describe('going to another sentence', () => {
  const three = (): PlaybackQueue =>
    queueWith(
      open(),
      chunk(0, 0, level(50, 1_000)),
      chunk(1, 0, level(50, 2_000)),
      chunk(2, 0, level(50, 3_000)),
    );

  it('that is queued plays it next, and speech is not asked', () => {
    const queue = three();
    pull(queue, 20);
    expect(queue.goTo(TURN, 2)).toBe(true);
    const out = pull(queue, 50);
    expect(out[RAMP_MS + 1]).toBeCloseTo(3_000);
    expect(queue.current?.sentenceIndex).toBe(2);
  });

  it.each([
    ['backward', 0],
    ['beyond what is queued', 7],
  ])('%s empties the queue and takes nothing until speech says it anew', (_, index) => {
    const queue = three();
    pull(queue, 70);
    expect(queue.goTo(TURN, index)).toBe(false);
    queue.accept(chunk(3, 0, level(50, 9_000)));
    expect(pull(queue, 50).slice(RAMP_MS)).toEqual(new Array(50 - RAMP_MS).fill(0));
    queue.accept({ type: 'turn.resay', turnId: TURN, from: index });
    queue.accept(chunk(index, 0, level(50, 5_000)));
    expect(pull(queue, 30).at(-1)).toBeCloseTo(5_000);
    expect(queue.current?.underruns).toBe(0);
  });

  it('counts what was dropped as taken, so that speech may send as much again', () => {
    const queue = three();
    const sent = 150;
    pull(queue, 20);
    queue.goTo(TURN, 0);
    expect(queue.creditUpToMs).toBe(sent + PLAYER_CREDIT_MS);
    queue.accept(chunk(3, 0, level(40)));
    expect(queue.creditUpToMs).toBe(sent + 40 + PLAYER_CREDIT_MS);
  });

  it('of another turn does nothing', () => {
    const queue = three();
    expect(queue.goTo(OTHER, 1)).toBeUndefined();
    expect(queue.hold(OTHER)).toBeUndefined();
    expect(pull(queue, 20).at(-1)).toBeCloseTo(1_000);
  });
});

describe('a new voice in mid-turn', () => {
  it('is heard from the next sentence on: the current one ends, the rest waits and is said anew', () => {
    const queue = queueWith(open(), chunk(0, 0, level(50, 1_000)), chunk(1, 0, level(50, 2_000)), finish);
    pull(queue, 20);
    expect(queue.hold(TURN)).toBe(0);
    const rest = pull(queue, 60);
    expect(rest[29]).toBeCloseTo(1_000);
    expect(rest.slice(30 + RAMP_MS)).toEqual(new Array(30 - RAMP_MS).fill(0));
    expect(queue.current?.phase).not.toBe('drained');
    queue.accept({ type: 'turn.resay', turnId: TURN, from: 1 });
    queue.accept(chunk(1, 0, level(40, 7_000)));
    queue.accept(finish);
    expect(pull(queue, 30).at(-1)).toBeCloseTo(7_000);
    pull(queue, 30);
    expect(queue.current?.phase).toBe('drained');
    expect(queue.current?.underruns).toBe(0);
  });

  it('lets the current sentence’s own sound come while the rest is held', () => {
    const queue = queueWith(open(), chunk(0, 0, level(20, 1_000), false));
    pull(queue, 10);
    queue.hold(TURN);
    queue.accept(chunk(0, 1, level(20, 1_000), true));
    queue.accept(chunk(1, 0, level(20, 2_000)));
    expect(pull(queue, 30).slice(0, 30)).toEqual(level(30, 1_000));
    expect(pull(queue, 20).at(-1)).toBe(0);
  });
});
