import { defineConfig } from 'vitest/config';

const database = { globalSetup: ['tests/support/globalSetup.ts'], testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/guardSkipped.ts', ['json', { outputFile: '.ci/out/tests.json' }]],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/property/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...database } },
      { test: { name: 'crash', include: ['tests/crash/**/*.test.ts'], ...database, testTimeout: 300_000 } },
      { test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], ...database, testTimeout: 120_000 } },
    ],
  },
});
