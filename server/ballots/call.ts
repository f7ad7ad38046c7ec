import type { BallotsBlock } from '../../workflows/template/block.ts';
import { addJobs } from '../engine/jobs.ts';
import type { Queryable } from '../engine/rows.ts';

interface Call {
  /** Of the round. */
  id: string;
  caseId: string;
  block: BallotsBlock;
  assessors: readonly string[];
  at: string;
}

/** Has everyone told who has a sheet to fill in, once the caller's transaction is committed. */
export async function callAssessors(db: Queryable, { id, caseId, block, assessors, at }: Call): Promise<void> {
  const people = [...new Set(assessors)];
  if (people.length === 0) return;
  const { zh, en } = block.name;
  const message = {
    subject: { zh: `请您评价：${zh}`, en: `Please score: ${en}` },
    body: {
      zh: '评价已经开始，请在截止前打开“我的评价”填写并提交。',
      en: 'The round is open. Please fill in and hand in your sheet under "My ballots" before it closes.',
    },
  };
  const payload = { id: `ballots/${id}`, caseId, seat: null, people, kind: 'ballots', block: block.key, at, message };
  await addJobs(db as Parameters<typeof addJobs>[0], [{ task: 'tell', payload }], at);
}
