import { defineConfig } from 'vitest/config';

const database = { globalSetup: ['tests/support/globalSetup.ts'], testTimeout: 30_000, hookTimeout: 60_000 };

/** These measure or kill processes: one file at a time, after the others. */
const alone = (groupOrder: number) => ({ fileParallelism: false, sequence: { groupOrder } });

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
      { test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], ...database, testTimeout: 120_000, ...alone(1) } },
      {
        test: { name: 'crash', include: ['tests/crash/**/*.test.ts'], ...database, testTimeout: 300_000, ...alone(2) },
      },
    ],
  },
});
