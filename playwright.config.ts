import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // One real app with real models at a time: two would fight for the same two cores and distort what is measured.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // A recording suffers when the host of a shared machine takes the processor away for a moment. A true fault fails twice.
  retries: 1,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  outputDir: 'test-results/e2e',
});
