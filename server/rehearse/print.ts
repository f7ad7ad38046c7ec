import { PHASE_NAMES } from '../../workflows/template/phases.ts';
import type { Language, Text } from '../../workflows/text.ts';
import type { Rehearsal, RehearsalRow } from './index.ts';

const DOES: Record<RehearsalRow['do'], Text> = {
  remind: { zh: '提醒', en: 'remind' },
  head: { zh: '告知单位负责人', en: 'tell the head' },
  superior: { zh: '告知上级', en: 'tell the superior' },
  office: { zh: '告知绩效办', en: 'tell the office' },
  supervise: { zh: '督办', en: 'supervise' },
  deduct: { zh: '扣分', en: 'deduct' },
  transfer: { zh: '转给', en: 'transfer' },
  pass: { zh: '自动通过', en: 'pass' },
  return: { zh: '自动退回', en: 'return' },
  until: { zh: '到期继续', en: 'go on' },
  opens: { zh: '按时开启', en: 'open' },
};

const COLOURS: Record<string, Text> = {
  blue: { zh: '蓝', en: 'blue' },
  yellow: { zh: '黄', en: 'yellow' },
  orange: { zh: '橙', en: 'orange' },
  red: { zh: '红', en: 'red' },
};

const WORDS = {
  zh: {
    head: ['', '步骤', '时点', '日期', '动作', '对象', ''],
    provisional: '暂定',
    fired: '已触发',
    not: '未触发',
    cycle: '（全市）',
    nobody: '—',
    unreached: '没有走到的步骤：',
  },
  en: {
    head: ['', 'block', 'rung', 'date', 'does', 'who', ''],
    provisional: 'provisional',
    fired: 'fired',
    not: 'NOT FIRED',
    cycle: ' (cycle)',
    nobody: '—',
    unreached: 'Blocks that no run came by:',
  },
};

/** The rehearsal as a table: block, rung, date, who, and whether it fired. */
export function printRehearsal(result: Rehearsal, language: Language): string[] {
  const say = (text: Text) => text[language];
  const words = WORDS[language];
  let phase = '';
  let block = '';
  const lines = result.rows.map((row): string[] => {
    const place = `${row.block}${row.item === null ? '' : ` ${row.item}`}`;
    const title = row.phase === phase ? '' : say(PHASE_NAMES[row.phase]);
    const named =
      place === block
        ? ''
        : `${say(row.name)}${row.track === 'cycle' ? words.cycle : ''}${row.item === null ? '' : ` ${row.item}`}`;
    [phase, block] = [row.phase, place];
    const day = row.day === null ? words.nobody : `${row.day}${row.provisional ? ` ${words.provisional}` : ''}`;
    const remark = row.remark ? say(row.remark) : '';
    const who = row.who.map(say).join(language === 'zh' ? '、' : ', ') || words.nobody;
    return [
      title,
      named,
      rungOf(row),
      day,
      doesOf(row, language),
      who,
      row.fired ? remark || words.fired : `${words.not}: ${remark}`,
    ];
  });
  const { rungs, fired, unfired, provisional, unheard, knownUntil } = result;
  const summary =
    language === 'zh'
      ? `${rungs} 个时点：触发 ${fired}，未触发 ${unfired}，暂定 ${provisional}（${knownUntil} 之后的节假日尚未公布）${unheard > 0 ? `，无人可通知 ${unheard}` : ''}`
      : `${rungs} rungs: ${fired} fired, ${unfired} did not, ${provisional} provisional (holidays after ${knownUntil} are not published)${unheard > 0 ? `, ${unheard} reached nobody` : ''}`;
  const unreached = result.unreached.map(({ block: key, name, reason }) => `  ${key} ${say(name)}: ${say(reason)}`);
  return [
    ...columns([words.head, ...lines]),
    ...(unreached.length > 0 ? ['', words.unreached, ...unreached] : []),
    '',
    summary,
  ];
}

const rungOf = ({ offset }: RehearsalRow): string =>
  offset === null ? '' : offset === 0 ? 'T' : `T${offset > 0 ? '+' : ''}${offset}`;

function doesOf({ do: act, colour, points }: RehearsalRow, language: Language): string {
  const more = colour ? ` ${COLOURS[colour]?.[language] ?? colour}` : points ? ` ${points}` : '';
  return `${DOES[act][language]}${more}`;
}

/** Han characters are two columns wide on a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(char) ? 2 : 1), 0);

function columns(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => widthOf(row[i] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell))))
      .join('  ')
      .trimEnd(),
  );
}
