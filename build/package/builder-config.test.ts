import { describe, expect, it } from 'vitest';
import { builderConfig } from './builder-config.ts';

describe('what a package holds of a model', () => {
  it('is its record and the files that the catalog names, not what was made or learnt beside them', () => {
    const { extraResources } = builderConfig({
      electronFolder: undefined,
      electronVersion: '1.2.3',
      iconFolder: '/icons',
      notices: '/notices.txt',
      models: new Map([['a-voice', { folder: '/models/a-voice', files: ['/models/a-voice/voice.onnx'] }]]),
      output: '/dist',
    });
    expect(extraResources).toContainEqual({
      from: '/models/a-voice',
      to: 'models/a-voice',
      filter: ['installed.json', 'voice.onnx'],
    });
  });
});
