import { expect, test } from 'vitest';
import type { Block } from '../../workflows/template/block.ts';
import { lintTemplate } from '../../workflows/template/lint/index.ts';
import type { CycleTemplate, PhaseKey } from '../../workflows/template/schema.ts';
import { task, template } from './blocks.ts';

/** What is wrong, the finding's id, and where: `plan[0].key` for `phases.plan.blocks[0].key`. */
export type Row = [
  what: string,
  id: string,
  path: string,
  phases: Partial<Record<PhaseKey, Block[]>>,
  more?: Partial<CycleTemplate>,
];

const fullPath = (path: string) => path.replace(/^(plan|execute|evaluate|feedback|rectify)\[/, 'phases.$1.blocks[');

/** A test for each row: the rule finds it, in words of both languages, and hardly anything else is found. */
export const testRows = (rows: Row[]): void => {
  test.each(rows)('%s', (_what, id, path, phases, more) => {
    const findings = lintTemplate(JSON.parse(JSON.stringify(template(phases, more))));
    expect(findings.map((finding) => `${finding.id} ${finding.path}`)).toContain(`${id} ${fullPath(path)}`);
    for (const text of findings.flatMap(({ reason, hint }) => [reason, hint])) {
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en).toMatch(/[a-z]/);
    }
    const others = new Set(
      findings.map((finding) => finding.id).filter((other) => other !== id && other !== 'role.unused'),
    );
    expect(others.size, [...others].join(' ')).toBeLessThanOrEqual(2);
  });
};

/** The plan phase with a window around these blocks. */
export const windowed = (start: object, end: object, blocks: Block[] = [task('a')]): Partial<CycleTemplate> => ({
  phases: { ...template({}).phases, plan: { blocks, window: { start, end } as never } },
});
