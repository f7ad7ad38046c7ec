// Prints "N passed, N failed" from vitest's JSON report; fails when something failed or nothing ran.
import { readFileSync } from 'node:fs';

export const count = (report) => {
  const files = report.testResults ?? [];
  // A file that could not even be loaded has no failed test of its own.
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: report.numPassedTests ?? 0, failed: (report.numFailedTests ?? 0) + broken.length };
};

const read = (path) => {
  try {
    return count(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
};

const path = process.argv[2];
if (path) {
  const { passed, failed } = read(path);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
