import { defineConfig } from 'vitest/config';
import { NO_ONNX_TELEMETRY } from './src/common/onnx-telemetry.ts';

// The workers inherit it.
Object.assign(process.env, NO_ONNX_TELEMETRY);

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'build/**/*.test.ts', 'e2e/**/*.test.ts'],
    // Two cores and a real model in several suites: more workers only fight for them.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
