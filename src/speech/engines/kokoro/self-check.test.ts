import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fail } from '../../../common/result.ts';
import type { DecodedRun, KokoroDecoder } from './decoder.ts';
import { CHECK_HOP, type CheckUtterance } from './check-utterance.ts';
import { logMel } from './log-mel.ts';
import { chooseVariant, measurePace, tryThreads, tryVariants, type VariantFinding } from './self-check.ts';
import type { Variant } from './variants.ts';

const RIGHT = Float32Array.from({ length: 24_000 }, (_, i) => Math.sin(i / 8) * 0.3);
const CHECK: CheckUtterance = {
  utterance: { tokens: [1, 2, 3], style: new Float32Array(256), styleSha256: 'known', speed: 1 },
  samples: RIGHT.length,
  levels: logMel(RIGHT, CHECK_HOP),
};

/** A decoder that gives `sound` in `runs` equal runs. */
function decoder(sound: Float32Array, runs = 1, log: string[] = []): KokoroDecoder {
  return {
    prepareStyle: () => Promise.resolve(),
    decodesInRuns: () => false,
    reserve: () => Promise.resolve(),
    async *decode(): AsyncGenerator<DecodedRun> {
      const size = sound.length / runs;
      for (let i = 0; i < runs; i++) yield { samples: sound.subarray(i * size, (i + 1) * size) };
    },
    dispose: async () => {
      log.push('disposed');
    },
  };
}

const found = (variant: Variant, differenceDb: number | null, rtf: number): VariantFinding => ({
  variant,
  runs: true,
  differenceDb,
  rtf,
  firstMs: 100,
});

describe('the choice of a variant', () => {
  it('is the 8-bit one where it is right', () => {
    expect(chooseVariant([found('8-bit', 0.5, 0.3), found('float', 0, 0.6), found('original', 0.7, 1)])).toBe(
      '8-bit',
    );
  });

  it('is the float one where 8 bits go wrong, are of another length, or do not run', () => {
    const others = [found('float', 0.02, 0.6), found('original', 0.7, 1)];
    const wrongs: VariantFinding[] = [
      found('8-bit', 4.2, 0.3),
      found('8-bit', null, 0.3),
      { variant: '8-bit', runs: false, reason: 'No kernel.' },
    ];
    for (const wrong of wrongs) expect(chooseVariant([wrong, ...others])).toBe('float');
  });

  it('is the original where nothing else is right, whatever it differs by', () => {
    expect(
      chooseVariant([found('8-bit', null, 0.3), found('float', 3, 0.6), found('original', null, 1)]),
    ).toBe('original');
  });

  it('is a less preferred one only where it is clearly faster', () => {
    const float = (rtf: number): VariantFinding[] => [found('8-bit', 0.5, 0.6), found('float', 0, rtf)];
    expect(chooseVariant(float(0.55))).toBe('8-bit');
    expect(chooseVariant(float(0.4))).toBe('float');
  });

  it('is none where none runs', () => {
    expect(chooseVariant([{ variant: 'original', runs: false, reason: 'Damaged.' }])).toBeUndefined();
  });
});

describe('trying the variants', () => {
  it('tells a right one from a wrong one, one of another length, and one that does not run', async () => {
    const noise = RIGHT.map((value, i) => value + ((i * 7919) % 13) / 100);
    const log: string[] = [];
    const findings = await tryVariants(async (variant) => {
      if (variant === '8-bit') return decoder(noise, 4, log);
      if (variant === 'float') return decoder(RIGHT, 4, log);
      return decoder(RIGHT.subarray(0, 12_000), 1, log);
    }, CHECK);
    expect(findings.map(({ variant }) => variant)).toEqual(['8-bit', 'float', 'original']);
    const differences = findings.map((finding) => finding.runs && finding.differenceDb);
    expect(differences[0]).toBeGreaterThan(1);
    expect(differences.slice(1)).toEqual([0, null]);
    expect(log).toEqual(['disposed', 'disposed', 'disposed']);
  });

  it('goes on after one that fails, and says why', async () => {
    const findings = await tryVariants(async (variant) => {
      if (variant === '8-bit') fail('model-damaged', 'model', { message: 'No kernel.' });
      return decoder(RIGHT);
    }, CHECK);
    expect(findings[0]).toEqual({ variant: '8-bit', runs: false, reason: 'No kernel.' });
    expect(findings.slice(1).every((finding) => finding.runs)).toBe(true);
  });

  it('tells the pace of a decoder that gives windows, and none of one that gives whole utterances', async () => {
    const pace = await measurePace(decoder(RIGHT, 4), CHECK.utterance);
    expect(pace?.leadMs).toBeGreaterThanOrEqual(0);
    expect(await measurePace(decoder(RIGHT, 1), CHECK.utterance)).toBeUndefined();
  });
});

describe('the number of threads', () => {
  /** A decoder whose run takes as long as is said for its threads, ms. */
  const paced =
    (timesMs: Readonly<Record<number, number>>, log: string[] = []) =>
    async (threads: number): Promise<KokoroDecoder> => {
      log.push(`opened ${threads}`);
      return {
        prepareStyle: () => Promise.resolve(),
        decodesInRuns: () => false,
        reserve: () => Promise.resolve(),
        async *decode(): AsyncGenerator<DecodedRun> {
          await sleep(timesMs[threads] ?? 0);
          yield { samples: RIGHT };
        },
        dispose: async () => {
          log.push(`closed ${threads}`);
        },
      };
    };

  it('rises as long as more are worth it', async () => {
    const { threads, findings } = await tryThreads(paced({ 1: 120, 2: 70, 4: 30 }), [1, 2, 4], CHECK);
    expect(threads).toBe(4);
    expect(findings.map((finding) => finding.threads)).toEqual([1, 2, 4]);
    expect(findings[0]?.rtf).toBeGreaterThan(findings[2]?.rtf ?? Infinity);
    expect(findings[1]?.firstMs).toBeGreaterThanOrEqual(65);
  });

  it('stays where twice as many gain little, and no more are tried; each is closed before the next', async () => {
    const log: string[] = [];
    const { threads, findings } = await tryThreads(paced({ 1: 60, 2: 58, 4: 1 }, log), [1, 2, 4], CHECK);
    expect(threads).toBe(1);
    expect(findings).toHaveLength(2);
    expect(log).toEqual(['opened 1', 'closed 1', 'opened 2', 'closed 2']);
  });

  it('stays where more do not run', async () => {
    const open = paced({ 1: 20 });
    const { threads } = await tryThreads(
      (number) => (number > 1 ? Promise.reject(new Error('No room.')) : open(number)),
      [1, 2, 4],
      CHECK,
    );
    expect(threads).toBe(1);
  });
});
