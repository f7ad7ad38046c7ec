import { sitesOf } from '../../model.ts';
import type { Who } from '../../when.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import type { Rule } from './rule.ts';

const one = (who: readonly Who[]): boolean => who.length === 1 && !['role'].includes(who[0]?.kind ?? '');

/** Approvals that could not be decided, or only one way. */
export const approvals: Rule = (model) =>
  sitesOf(model, 'approval').flatMap(({ block, path }): Finding[] => {
    const findings: Finding[] = [];
    if (block.mode === 'vote' && block.onReject === undefined && block.returnTo === undefined)
      findings.push(
        error(
          'vote.noWay',
          path,
          text(
            '表决未通过时无路可走：既没有 onReject，也没有 returnTo。',
            'A vote that fails has no way on: neither onReject nor returnTo.',
          ),
          text('加上 onReject 或 returnTo。', 'Add onReject or returnTo.'),
        ),
      );
    if (block.mode !== 'vote' && block.vote)
      findings.push(
        error(
          'vote.mode',
          `${path}.vote`,
          text(
            '不是表决（mode: vote），这些比例不起作用。',
            'This is not a vote (mode: vote), so the shares do nothing.',
          ),
          text('把 mode 设为 vote，或删除 vote。', 'Set mode to vote, or remove `vote`.'),
        ),
      );
    if (block.mode === 'vote' && !block.vote)
      findings.push(
        error(
          'vote.shares',
          path,
          text('表决没有写明法定人数和通过比例。', 'The vote names neither quorum nor pass share.'),
          text('加上 vote: { quorum, pass }。', 'Add vote: { quorum, pass }.'),
        ),
      );
    if (block.vote && Number(block.vote.pass) === 0)
      findings.push(
        error(
          'vote.pass',
          `${path}.vote.pass`,
          text(
            '通过比例为 0，第一票无论如何都通过。',
            'With a pass share of 0 the first ballot carries, whatever it says.',
          ),
          text('通常为 "0.5" 或更高。', 'Usually "0.5" or more.'),
        ),
      );
    if ((block.mode === 'vote' || block.mode === 'sequential') && one(block.who))
      findings.push(
        warning(
          'approval.alone',
          `${path}.mode`,
          text('只有一个人办理，这种方式不起作用。', 'One person acts here, so the mode has no effect.'),
          text('增加办理人，或用 any。', 'Name more people, or use any.'),
        ),
      );
    const filled = (block.fields ?? []).find(({ required }) => required)?.key;
    const settled = Object.entries(block.access ?? {}).find(([, how]) => how === 'required')?.[0];
    const required = filled ?? settled;
    if (block.batch && required !== undefined)
      findings.push(
        error(
          'batch.fields',
          `${path}.batch`,
          text(
            `“${required}”必填，不能不看表单就成批同意。`,
            `"${required}" is required, so it cannot be approved without its form.`,
          ),
          text('去掉 batch，或不设必填。', 'Remove batch, or do not require the field.'),
        ),
      );
    if (block.mode !== 'vote' && block.returnTo === undefined && block.onReject === undefined)
      findings.push(
        warning(
          'approval.onlyYes',
          path,
          text('只能同意：既不能退回，也不能否决。', 'This can only be approved, neither returned nor rejected.'),
          text('加上 returnTo 或 onReject，或改为任务。', 'Add returnTo or onReject, or make it a task.'),
        ),
      );
    return findings;
  });
