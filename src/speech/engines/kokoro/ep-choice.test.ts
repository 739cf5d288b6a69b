import { describe, expect, it } from 'vitest';
import type { EpName } from '../../../common/engine.ts';
import { toAppError } from '../../../common/result.ts';
import type { CheckUtterance } from './check-utterance.ts';
import type { KokoroDecoder } from './decoder.ts';
import { chooseKokoroEp, type EpSearch } from './ep-choice.ts';
import { CHECK_HOP } from './check-utterance.ts';
import { logMel } from './log-mel.ts';

const SAMPLES = 24_000;
const right = Float32Array.from({ length: SAMPLES }, (_, at) => 0.3 * Math.sin(at / 20));
const wrong = Float32Array.from(right, (sample, at) => sample + 0.3 * Math.sin(at / 3));

const CHECK: CheckUtterance = {
  utterance: { tokens: [1, 2, 3, 4, 5, 6], style: new Float32Array(256), styleSha256: 'a', speed: 1 },
  samples: SAMPLES,
  levels: logMel(right, CHECK_HOP),
};

/** A decoder that takes its time for a second of sound. */
function decoder(sound: Float32Array, runMs: number): KokoroDecoder {
  return {
    prepareStyle: () => Promise.resolve(),
    decodesInRuns: () => false,
    reserve: () => Promise.resolve(),
    async *decode() {
      await new Promise((resolve) => setTimeout(resolve, runMs));
      yield { samples: sound };
    },
    dispose: () => Promise.resolve(),
  };
}

type Machine = Partial<Record<EpName, () => KokoroDecoder>>;

function search(machine: Machine, more: Partial<EpSearch> = {}): EpSearch {
  return {
    choice: 'auto',
    onCpu: { variant: '8-bit', rtf: 0.4 },
    check: CHECK,
    open: (ep) => {
      const open = machine[ep];
      if (open === undefined) throw new Error(`no ${ep}`);
      return Promise.resolve(open());
    },
    cacheFolder: undefined,
    obstacles: {},
    known: [],
    preference: ['webgpu', 'cpu'],
    ...more,
  };
}

const failing = (choice: EpSearch): Promise<unknown> =>
  chooseKokoroEp(choice).catch((thrown: unknown) => toAppError(thrown, 'model'));

describe('where Kokoro runs', () => {
  const driver = process.env['VK_DRIVER_FILES'];
  const withDriver = async <T>(work: () => Promise<T>): Promise<T> => {
    process.env['VK_DRIVER_FILES'] = '/some/driver.json';
    try {
      return await work();
    } finally {
      if (driver === undefined) delete process.env['VK_DRIVER_FILES'];
      else process.env['VK_DRIVER_FILES'] = driver;
    }
  };

  it('is by "auto" the provider that is right and clearly faster; what was found is kept', () =>
    withDriver(async () => {
      const chosen = await chooseKokoroEp(search({ webgpu: () => decoder(right, 20) }));
      expect(chosen.ep).toBe('webgpu');
      expect(chosen.report).toEqual([
        expect.stringMatching(/^webgpu: 0 dB off, real-time factor 0\.0\d+, first sound after \d+ ms$/),
        'cpu: 8-bit, real-time factor 0.4',
        'chosen: webgpu',
      ]);
      expect(chosen.findings).toMatchObject([{ ep: 'webgpu', differenceDb: 0 }]);
    }));

  it.each([
    ['wrong', () => decoder(wrong, 20), /its sound differs from the processor's by [\d.]+ dB/],
    ['cut short', () => decoder(right.subarray(1), 20), /differs from the processor's by its length/],
    ['hardly faster', () => decoder(right, 380), /real-time factor 0\.\d+/],
  ])('is by "auto" the processor where the other is %s', (_, open, line) =>
    withDriver(async () => {
      const chosen = await chooseKokoroEp(search({ webgpu: open }));
      expect(chosen.ep).toBe('cpu');
      expect(chosen.report[0]).toMatch(line);
      expect(chosen.report.at(-1)).toBe('chosen: cpu');
    }),
  );

  it('is not tried again by "auto" where that is known, but is when it is named', () =>
    withDriver(async () => {
      const known = [{ ep: 'webgpu', differenceDb: 0.1, rtf: 0.05, firstMs: 70 } as const];
      expect((await chooseKokoroEp(search({}, { known }))).ep).toBe('webgpu');
      expect(await failing(search({}, { known, choice: 'webgpu' }))).toMatchObject({
        code: 'ep-unusable',
        message: 'The voice cannot run as asked: webgpu: no webgpu.',
      });
    }));

  it('is what the person named, however slow, or a failure with its reason; never the processor in its place', () =>
    withDriver(async () => {
      const slow = search({ webgpu: () => decoder(right, 600) }, { choice: 'webgpu' });
      expect((await chooseKokoroEp(slow)).ep).toBe('webgpu');
      const off = search({ webgpu: () => decoder(wrong, 20) }, { choice: 'webgpu' });
      expect(await failing(off)).toMatchObject({ code: 'ep-unusable' });
      const obstacles = { webgpu: 'there is no driver' };
      expect(await failing(search({}, { choice: 'webgpu', obstacles }))).toMatchObject({
        message: 'The voice cannot run as asked: webgpu: there is no driver.',
      });
    }));

  it('is the processor without a trial when that is named', async () => {
    const chosen = await chooseKokoroEp(search({}, { choice: 'cpu' }));
    expect(chosen).toEqual({
      ep: 'cpu',
      report: ['cpu: 8-bit, real-time factor 0.4; chosen by you'],
      findings: [],
    });
  });
});
