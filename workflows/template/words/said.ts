import { isJsonObject, type Json } from '../../json.ts';
import type { Text } from '../../text.ts';
import type { When, Who } from '../when.ts';
import { isNamedValue, valueName } from './index.ts';

const both = (zh: string, en: string): Text => ({ zh, en });
export const joined = (parts: readonly Text[], zh: string, en: string): Text =>
  both(parts.map((part) => part.zh).join(zh), parts.map((part) => part.en).join(en));

type Roles = Record<string, { name: Text }> | undefined;

/** Who acts, in words. */
export function whoWords(who: Who, { roles }: { roles?: Roles }): Text {
  switch (who.kind) {
    case 'role':
      return roles?.[who.role]?.name ?? both(who.role, who.role);
    case 'person':
      return both(who.person, who.person);
    case 'head':
      return who.of === 'monitoringUnit'
        ? both('监测单位负责人', 'head of the monitoring unit')
        : both('单位负责人', 'head of the unit');
    case 'superior':
      return both('上级负责人', 'the superior');
    case 'field':
      return both(`“${who.field}”指定的人`, `the person in “${who.field}”`);
    case 'initiator':
      return both('发起人', 'the initiator');
    default:
      return both('前面的办理人', 'who acted before');
  }
}

const FROM: Record<Extract<When, { from: unknown }>['from'], Text> = {
  opened: both('到达', 'opening'),
  periodStart: both('周期开始', 'the period’s start'),
  periodEnd: both('周期结束', 'the period’s end'),
  phaseStart: both('阶段开始', 'the phase’s start'),
  phaseEnd: both('阶段结束', 'the phase’s end'),
  itemStart: both('该项开始', 'the item’s start'),
  itemEnd: both('该项结束', 'the item’s end'),
};

/** A deadline in words: “到达后 10 个工作日”, “次年3月20日”. */
export function whenWords(when: When): Text {
  if ('date' in when) {
    const [month, day] = when.date.split('-').map(Number);
    const next = when.year === 'next';
    return both(`${next ? '次年' : ''}${month}月${day}日`, `${when.date}${next ? ' next year' : ''}`);
  }
  const from = FROM[when.from];
  const parts: Text[] = [];
  const [days, working] = [Math.abs(when.days ?? 0), Math.abs(when.workingDays ?? 0)];
  if (days) parts.push(both(`${days} 天`, days === 1 ? '1 day' : `${days} days`));
  if (working) parts.push(both(`${working} 个工作日`, working === 1 ? '1 working day' : `${working} working days`));
  if (parts.length === 0) return both(`${from.zh}之日`, `at ${from.en}`);
  const before = (when.days ?? 0) < 0 || (when.workingDays ?? 0) < 0;
  const all = joined(parts, '又 ', ' and ');
  return both(`${from.zh}${before ? '前' : '后'} ${all.zh}`, `${all.en} ${before ? 'before' : 'after'} ${from.en}`);
}

const isDate = (value: Record<string, Json>): boolean =>
  (typeof value.date === 'string' && /^\d\d-\d\d$/.test(value.date)) ||
  (typeof value.from === 'string' &&
    Object.hasOwn(FROM, value.from) &&
    (value.days ?? value.workingDays) !== undefined);

/** A rung in words: “逾期 3 个工作日 发督办单 黄”. */
function rungWords(rung: Record<string, Json>): Text {
  const more = [
    ...(typeof rung.colour === 'string' ? [valueName('colour', rung.colour)] : []),
    ...(typeof rung.points === 'string' ? [both(rung.points, rung.points)] : []),
  ];
  return joined([both(`+${rung.after}`, `+${rung.after}`), valueName('do', String(rung.do)), ...more], ' ', ' ');
}

/** Any value of the template language in words; what is deep is written out as it stands. */
export function said(value: Json | undefined, entry: string, template: { roles?: Roles }): Text {
  if (value === undefined) return both('（不设）', '(none)');
  if (value === true) return both('是', 'yes');
  if (value === false) return both('否', 'no');
  if (typeof value === 'string')
    return isNamedValue(entry, value) ? valueName(entry, value) : both(value || '（空）', value || '(empty)');
  if (Array.isArray(value))
    return value.length === 0
      ? both('（空）', '(empty)')
      : joined(
          value.map((one) => said(one, entry, template)),
          '、',
          ', ',
        );
  if (!isJsonObject(value)) return both(String(value), String(value));
  if (typeof value.zh === 'string' && typeof value.en === 'string') return value as unknown as Text;
  if (isDate(value)) return whenWords(value as unknown as When);
  if (entry === 'escalate' && value.do !== undefined) return rungWords(value);
  if ((entry === 'who' || entry === 'cc' || entry === 'to') && typeof value.kind === 'string')
    return value.kind === 'heads' ? valueName('kind', 'heads') : whoWords(value as unknown as Who, template);
  if (isJsonObject(value.name ?? null)) return said(value.name, 'name', template);
  const json = JSON.stringify(value);
  const kind =
    typeof value.kind === 'string' && isNamedValue('kind', value.kind) ? valueName('kind', value.kind) : undefined;
  return kind ? both(`${kind.zh} ${json}`, `${kind.en} ${json}`) : both(json, json);
}
