import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSettings, SETTINGS_VERSION, writeSettings, type Migration } from './settings-file.ts';
import { DEFAULT_SETTINGS, settingsSchema } from './settings.ts';

describe('a settings file', () => {
  it('gives back what was written', () => {
    const settings = { ...DEFAULT_SETTINGS, speed: 1.5, voice: 'bf_emma' };
    expect(readSettings(writeSettings(settings))).toEqual({ is: 'settings', settings });
  });

  it('takes defaults for what it does not name, and drops what nobody knows', () => {
    expect(readSettings('{"speed": 1.25, "colour": "red"}')).toEqual({
      is: 'settings',
      settings: { ...DEFAULT_SETTINGS, speed: 1.25 },
    });
  });

  it.each([
    ['{', /JSON/],
    ['[]', /no settings/],
    ['null', /no settings/],
    ['{"version":"1"}', /version/],
    ['{"speed":99}', /^speed: /],
    ['{"providers":{"openai":{"baseUrl":7}}}', /^providers\.openai\.baseUrl: /],
  ])('is refused with the reason: %s', (text, reason) => {
    const read = readSettings(text);
    expect(read.is === 'wrong' ? read.reason : read.is).toMatch(reason);
  });

  it('of a newer program is told from a damaged one', () => {
    expect(readSettings(JSON.stringify({ version: SETTINGS_VERSION + 1 }))).toEqual({
      is: 'newer',
      version: SETTINGS_VERSION + 1,
    });
  });

  it('of an older version goes through each later step once, from its own on', () => {
    const steps: Migration[] = [
      ({ rate, ...rest }) => ({ ...rest, tempo: rate }),
      ({ tempo, ...rest }) => ({ ...rest, speed: tempo }),
    ];
    const of = (content: object): unknown => readSettings(JSON.stringify(content), steps);
    const wanted = { is: 'settings', settings: { ...DEFAULT_SETTINGS, speed: 1.5 } };
    expect(of({ rate: 1.5 })).toEqual(wanted);
    expect(of({ version: 2, tempo: 1.5 })).toEqual(wanted);
    expect(of({ version: 3, speed: 1.5 })).toEqual(wanted);
    expect(of({ version: 4 })).toEqual({ is: 'newer', version: 4 });
  });

  it('that a step cannot bring up to date is refused', () => {
    const broken: Migration = () => {
      throw new Error('no');
    };
    expect(readSettings('{}', [broken])).toMatchObject({ is: 'wrong' });
  });

  it('is read whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = readSettings(text);
        if (read.is === 'settings') expect(settingsSchema.safeParse(read.settings).success).toBe(true);
      }),
    );
  });
});
