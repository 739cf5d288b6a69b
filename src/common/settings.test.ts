import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsPatchSchema, settingsSchema } from './settings.ts';

describe('settings', () => {
  it('take their defaults where a file names nothing', () => {
    expect(settingsSchema.parse({ speed: 1.5 })).toEqual({ ...DEFAULT_SETTINGS, speed: 1.5 });
  });

  it('keep what a patch does not name: a patch brings no defaults', () => {
    expect(settingsPatchSchema.parse({ speed: 1.5 })).toEqual({ speed: 1.5 });
  });

  it('have a choice of execution provider for each engine; the one of an older file is that of cloned voices', () => {
    expect(settingsSchema.parse({ ep: { kokoro: 'cuda' } }).ep).toEqual({ kokoro: 'cuda' });
    expect(settingsSchema.parse({ ep: 'webgpu' }).ep).toEqual({ 'higgs-audio': 'webgpu' });
    expect(settingsSchema.safeParse({ ep: 'tpu' }).success).toBe(false);
    expect(settingsSchema.safeParse({ ep: { espeak: 'cpu' } }).success).toBe(false);
  });

  it('let the window forget the folder from which native code is loaded, and not name another', () => {
    expect(settingsPatchSchema.safeParse({ cudaFolder: '' }).success).toBe(true);
    expect(settingsPatchSchema.safeParse({ cudaFolder: '/tmp/evil' }).success).toBe(false);
    expect(settingsSchema.parse({ cudaFolder: '/opt/cuda' }).cudaFolder).toBe('/opt/cuda');
  });

  it.each([
    { speed: 0.4 },
    { speed: Number.NaN },
    { voice: 7 },
    { provider: 'nobody' },
    { pauseMs: -1 },
    { keepLoadedMinutes: -1 },
  ])('refuse %j', (wrong) => {
    expect(settingsPatchSchema.safeParse(wrong).success).toBe(false);
    expect(settingsSchema.safeParse(wrong).success).toBe(false);
  });
});
