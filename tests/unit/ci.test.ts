import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { skippedWithoutReason } from '../support/guardSkipped.ts';

const run = (report: unknown): { line: string; code: number } => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-ci-'));
  const path = join(folder, 'tests.json');
  if (report !== undefined) writeFileSync(path, JSON.stringify(report));
  try {
    return { line: execFileSync(process.execPath, ['.ci/count.mjs', path], { encoding: 'utf8' }), code: 0 };
  } catch (error) {
    const { stdout, status } = error as { stdout: string; status: number };
    return { line: stdout, code: status };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('the last line of the run counts tests', () => {
  expect(run({ numPassedTests: 7, numFailedTests: 0, testResults: [] })).toEqual({
    line: '7 passed, 0 failed\n',
    code: 0,
  });
  expect(run({ numPassedTests: 7, numFailedTests: 2, testResults: [] })).toEqual({
    line: '7 passed, 2 failed\n',
    code: 1,
  });
});

test('a file that can not be loaded, no report and no test at all are failures', () => {
  const broken = { numPassedTests: 7, testResults: [{ status: 'failed', assertionResults: [] }] };
  expect(run(broken)).toEqual({ line: '7 passed, 1 failed\n', code: 1 });
  expect(run(undefined)).toEqual({ line: '0 passed, 1 failed\n', code: 1 });
  expect(run({ numPassedTests: 0, testResults: [] }).code).toBe(1);
});

test('a skipped test must say why', () => {
  const skipped = ['database > on 15 (optional: needs PostgreSQL 15)', 'database > later', 'x (optional: )'];
  const modules = [{ children: { allTests: () => skipped.map((fullName) => ({ fullName })) } }];
  expect(skippedWithoutReason(modules as never)).toEqual(['database > later', 'x (optional: )']);
});
