import { expect, it } from 'vitest';
import { NO_ONNX_TELEMETRY } from '../common/onnx-telemetry.ts';
import { childEnvironment } from './child-environment.ts';

it('keeps provider keys and other secrets from the processes', () => {
  const env = {
    PATH: '/bin',
    OPENROUTER_API_KEY: 'sk-1',
    GITHUB_TOKEN: 't',
    db_password: 'p',
    HOME: '/h',
    GONE: undefined,
  };
  expect(childEnvironment(env)).toEqual({ PATH: '/bin', HOME: '/h', ...NO_ONNX_TELEMETRY });
});

it('keeps ONNX Runtime from reporting, whatever the environment says', () => {
  expect(childEnvironment({ ORT_DISABLE_TELEMETRY: '0' })).toEqual(NO_ONNX_TELEMETRY);
});
