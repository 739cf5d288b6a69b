import { expect, it } from 'vitest';
import { epPreference } from './ep-preference.ts';

it('execution providers have an order on each platform, the processor last', () => {
  expect(epPreference('linux', 'x64')).toEqual(['cuda', 'webgpu', 'cpu']);
  expect(epPreference('linux', 'arm64')).toEqual(['cpu']);
  expect(epPreference('win32', 'x64')).toEqual(['dml', 'webgpu', 'cpu']);
  expect(epPreference('darwin', 'arm64')).toEqual(['coreml', 'webgpu', 'cpu']);
});
