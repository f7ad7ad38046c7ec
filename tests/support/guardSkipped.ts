import type { Reporter, TestCase, TestModule } from 'vitest/node';

const REASON = /\(optional: [^)]{3,}\)/;

/** A skipped test must say why, or the run fails in CI: a suite that skips everything must not look green. */
export const skippedWithoutReason = (modules: readonly Pick<TestModule, 'children'>[]): string[] =>
  modules.flatMap((module) =>
    [...module.children.allTests('skipped')]
      .map((test: TestCase) => test.fullName)
      .filter((name) => !REASON.test(name)),
  );

/** Fails the run in CI when a test was skipped whose name has no `(optional: reason)`. */
export default class GuardSkipped implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const names = skippedWithoutReason(modules);
    if (names.length === 0) return;
    process.stderr.write(
      `\nskipped without a reason "(optional: ...)" in the name:\n${names.map((name) => `  ${name}\n`).join('')}`,
    );
    if (process.env.CI) process.exitCode = 1;
  }
}
