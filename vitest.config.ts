import { defineConfig } from 'vitest/config';

const database = { globalSetup: ['tests/support/globalSetup.ts'], testTimeout: 30_000, hookTimeout: 60_000 };

/** These measure or kill processes: one file at a time, after the others. */
const ALONE = ['tests/crash/**/*.test.ts', 'tests/e2e/bench.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/guardSkipped.ts', ...(process.env.CI ? ['json'] : [])],
    // Half of the time is waiting for a database or a process.
    maxWorkers: '100%',
    outputFile: { json: '.ci/out/tests.json' },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/property/**/*.test.ts'],
          testTimeout: 20_000,
          // What they import is pure: files that share it in a thread need half of the time.
          pool: 'threads',
          isolate: false,
        },
      },
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...database, isolate: false } },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: ALONE,
          ...database,
          testTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'alone',
          include: ALONE,
          ...database,
          testTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
