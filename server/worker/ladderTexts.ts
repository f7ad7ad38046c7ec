import type { Rung } from '../../workflows/template/when.ts';
import type { Text } from '../../workflows/text.ts';
import { cityTime } from '../mail/compose.ts';

export interface Rungs {
  /** What the rung does. */
  kind: string;
  /** The case's title: whose, of which cycle. */
  title: string;
  block: Text;
  dueAt: Date | null;
  /** The rung as the template has it, for its colour and points. */
  rung: Pick<Rung, 'colour' | 'points'> | undefined;
}

const COLOURS: Record<string, Text> = {
  blue: { zh: '蓝色', en: 'blue' },
  yellow: { zh: '黄色', en: 'yellow' },
  orange: { zh: '橙色', en: 'orange' },
  red: { zh: '红色', en: 'red' },
};

/** What people are told when a reminder or a rung of the escalation ladder fires. */
export function ladderNotice({ kind, title, block, dueAt, rung }: Rungs): { subject: Text; body: Text } {
  const due: Text = dueAt
    ? { zh: `办理期限：${cityTime(dueAt)}。`, en: `It is due ${cityTime(dueAt)}.` }
    : { zh: '', en: '' };
  const what: Text = { zh: `${block.zh} · ${title}`, en: `${block.en} · ${title}` };
  const say = (subject: Text, body: Text) => ({
    subject: { zh: `${subject.zh}：${what.zh}`, en: `${subject.en}: ${what.en}` },
    body: { zh: `${what.zh}\n${due.zh}${body.zh}`, en: `${what.en}\n${due.en} ${body.en}` },
  });
  const colour = COLOURS[rung?.colour ?? ''] ?? { zh: '', en: '' };
  const points = rung?.points ?? '';
  switch (kind) {
    case 'head':
      return say({ zh: '逾期报单位负责人', en: 'Overdue, head of unit told' }, OVERDUE);
    case 'superior':
      return say({ zh: '逾期报上级', en: 'Overdue, superior told' }, OVERDUE);
    case 'office':
      return say({ zh: '逾期报绩效办', en: 'Overdue, performance office told' }, OVERDUE);
    case 'supervise':
      return say(
        { zh: `${colour.zh}督办单`, en: `Supervision order ${colour.en}`.trim() },
        {
          zh: '请立即办理，并书面说明原因和完成时限。',
          en: 'Please act at once and explain in writing why and by when.',
        },
      );
    case 'deduct':
      return say(
        { zh: '逾期拟扣分', en: 'Overdue, deduction proposed' },
        { zh: `拟扣 ${points} 分。`, en: `A deduction of ${points} points is proposed.` },
      );
    case 'copy':
      return say(
        { zh: '抄送', en: 'Copy' },
        { zh: '该事项的办理结果抄送给您，请查阅。', en: 'The decision was sent to you to be read.' },
      );
    case 'transfer':
      return say(
        { zh: '任务转交给您', en: 'A task was handed to you' },
        { zh: '该任务现由您办理。', en: 'It is yours to do now.' },
      );
    default:
      return say({ zh: '催办', en: 'Reminder' }, { zh: '请按时办理。', en: 'Please act in time.' });
  }
}

const OVERDUE: Text = {
  zh: '该任务已逾期，尚未办结。请督促办理。',
  en: 'The task is overdue and still open. Please see that it is done.',
};
