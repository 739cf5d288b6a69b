import { describe, expect, it } from 'vitest';
import type { ModelEntry, ModelShelf } from '../common/model.ts';
import { DEFAULT_SETTINGS, NEW_SETTINGS } from '../common/settings.ts';
import { lacksModels, modelsToInstall, neededModels, placeOf, setupShown } from './setup-actions.ts';

const model = (id: string, more: Partial<ModelEntry> = {}): ModelEntry => ({
  ...{ id, origin: 'catalog', kind: 'speech', label: id, description: '', licence: 'MIT', licenceUrl: '' },
  ...{ useClauses: [], size: 1, state: 'installed', problem: '', folder: `/m/${id}`, use: 'none' },
  ...{ isRemovable: true, task: undefined },
  ...more,
});
const shelfOf = (...models: ModelEntry[]): ModelShelf => ({ models, folder: '/m', freeBytes: undefined });

describe('the first steps', () => {
  const shelf = shelfOf(model('voice'));
  it('are shown to a new installation only, and when it is known what is installed', () => {
    expect(setupShown({ settings: undefined, shelf, isSettingUp: false })).toBe('nothing');
    expect(setupShown({ settings: NEW_SETTINGS, shelf: undefined, isSettingUp: false })).toBe('nothing');
    expect(setupShown({ settings: NEW_SETTINGS, shelf, isSettingUp: false })).toBe('card');
    expect(setupShown({ settings: NEW_SETTINGS, shelf, isSettingUp: true })).toBe('page');
    expect(setupShown({ settings: DEFAULT_SETTINGS, shelf, isSettingUp: true })).toBe('nothing');
  });

  it('are a whole page where a model of the catalog is missing or damaged; an added one counts for nothing', () => {
    expect(lacksModels(shelfOf(model('voice'), model('llm', { state: 'missing' })))).toBe(true);
    expect(lacksModels(shelfOf(model('voice', { state: 'damaged' })))).toBe(true);
    expect(lacksModels(shelfOf(model('voice', { state: 'outdated' })))).toBe(false);
    expect(lacksModels(shelfOf(model('own', { origin: 'added', state: 'damaged' })))).toBe(false);
  });

  it('ask for the voice alone where a provider answers', () => {
    const both = shelfOf(
      model('voice', { state: 'missing' }),
      model('llm', { kind: 'llm', state: 'missing' }),
    );
    const ids = (models: readonly ModelEntry[]): string[] => models.map(({ id }) => id);
    expect(ids(modelsToInstall({ shelf: both, settings: NEW_SETTINGS }))).toEqual(['voice', 'llm']);
    const elsewhere = { ...NEW_SETTINGS, provider: 'openai' } as const;
    expect(ids(neededModels({ shelf: both, settings: elsewhere }))).toEqual(['voice']);
    expect(placeOf('read-aloud')).toBe('here');
  });
});
