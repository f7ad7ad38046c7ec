import { millis } from '../../workflows/calendar/calendar.ts';
import { OPINIONS_SORTED } from '../../workflows/library/parts/opinions.ts';
import { blocksOf } from '../../workflows/template/schema.ts';
import { solve } from '../complaints/handle.ts';
import { takeComplaints } from '../complaints/intake.ts';
import { readRules, writeRules } from '../complaints/rules.ts';
import { confirmGoal, draftGoal, issueGoal, recordOpinions, sortOpinions } from '../findings/opinions.ts';
import { recordFindings } from '../findings/record.ts';
import { recordInspection } from '../findings/write.ts';
import { createPoint, recordObservation } from '../observations/points.ts';
import { type Draw, pick } from './draw.ts';
import type { World } from './world.ts';

const FOUND = [
  ['工作台账不完整，部分事项无佐证材料', '补齐台账，明确专人管理'],
  ['公示栏内容未按时更新', '建立更新清单，每月检查'],
  ['群众办事排队时间偏长', '高峰期增设窗口'],
  ['项目资金拨付进度滞后', '按月调度，明确节点'],
] as const;
const COMPLAINTS = ['反映办事窗口态度冷淡', '反映多次来电无人接听', '反映材料重复提交'] as const;
const OPINIONS = ['政策解读再通俗一些', '办理进度希望能查询', '希望周末也能办理'] as const;
const PRAISE = '工作人员耐心细致，表示感谢';

interface Unit {
  id: string;
  code: string;
  name: string;
}

/** Something that somebody sees at a unit on a day of the cycle's year. */
interface Sight {
  day: string;
  kind: 'inspection' | 'complaint' | 'opinion' | 'observation';
  unit: Unit;
}

/** Whether what is found in a cycle is rectified in it. */
const rectifies = ({ template }: World): boolean =>
  [...blocksOf(template)].some(
    ({ block }) =>
      (block.type === 'task' || block.type === 'approval') &&
      block.fields?.some((field) => field.type === 'table' && field.source === 'problems'),
  );

/** The indicator of the template whose values are counted from what is seen so. */
const counted = ({ template }: World, series: 'complaints' | 'observations'): string | undefined =>
  template.indicators?.list.find(({ formula }) => formula?.includes(`${series}.`))?.code;

/** What inspectors, citizens and raters see during the year, the same for the same seed; observers where there is something to observe. */
const sightsOf = (units: readonly Unit[], year: number, draw: Draw, observed: boolean): Sight[] =>
  units
    .flatMap((unit) =>
      (['inspection', 'complaint', 'opinion', ...(observed ? (['observation'] as const) : [])] as const).flatMap(
        (kind): Sight[] => {
          if (kind !== 'observation' && draw('field', kind, unit.id) >= 0.4) return [];
          const month = 3 + Math.floor(draw('field', kind, unit.id, 'month') * 8);
          const day = 1 + Math.floor(draw('field', kind, unit.id, 'day') * 28);
          const pad = (n: number) => String(n).padStart(2, '0');
          return [{ day: `${year}-${pad(month)}-${pad(day)}`, kind, unit }];
        },
      ),
    )
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.unit.code < b.unit.code ? -1 : 1));

/** What is seen on the spot in the course of the year. */
export interface FieldWork {
  /** The next instant at which something is seen. */
  next(): number | undefined;
  /** Puts on record what has been seen by now. */
  act(): Promise<void>;
}

const NOTHING: FieldWork = { next: () => undefined, act: async () => undefined };

/**
 * Inspectors, citizens, raters and observers, through the features' own functions; a unit whose case has ended is left alone. Nothing
 * happens where the template has nothing rectified.
 */
export async function makeField(world: World): Promise<FieldWork> {
  const { pool, prisma, cycleId, year, draw, clock, calendar } = world;
  if (!rectifies(world)) return NOTHING;
  const { rows: units } = await pool.query<Unit>(
    'SELECT o.id, o.code, o.name FROM cycle_participants p JOIN org_units o ON o.id = p.org_id WHERE p.cycle_id = $1 ORDER BY o.code',
    [cycleId],
  );
  const { rows: offices } = await pool.query<{ id: string }>(
    `SELECT person_id AS id FROM roles WHERE role = 'performanceOffice' AND org_id IS NULL ORDER BY person_id`,
  );
  const office = offices[0]?.id;
  if (office === undefined) return NOTHING;
  const since = calendar.dayOf(clock.now().toISOString());
  const [complained, observed] = [counted(world, 'complaints'), counted(world, 'observations')];
  const sights = sightsOf(units, year, draw, observed !== undefined).filter(({ day }) => day >= since);

  const inspect = ({ unit }: Sight, day: string, at: Date) => {
    const [what, advice] = pick(FOUND, draw('found', unit.id));
    const severity = draw('severity', unit.id) < 0.3 ? ('major' as const) : ('minor' as const);
    const findings = [{ severity, what, advice }];
    const body = {
      cycleId,
      orgId: unit.id,
      title: `${year} 年督查：${unit.name}`,
      day,
      inspectors: '督查组',
      findings,
    };
    return prisma.$transaction((db) => recordInspection(db, body, { by: office, at }));
  };
  const complain = ({ unit }: Sight, day: string, at: Date) =>
    prisma.$transaction(async (db) => {
      if ((await readRules(db)).version === 0) {
        const rules = units.map(({ code, name }, i) => ({
          ...{ key: `unit${i}`, keywords: [name], unit: code },
          ...(complained !== undefined && { indicator: complained }),
        }));
        await writeRules(db, { rules, days: { unit: 5, cityOffice: 5 } }, 0, { by: office, at });
      }
      const text = `${pick(COMPLAINTS, draw('complaint', unit.id))}（${unit.name}）`;
      const given = {
        channel: '12345',
        reference: `${cycleId}/${unit.code}/${day}`,
        receivedAt: at.toISOString(),
        text,
      };
      const { ids } = await takeComplaints(db, [given], { by: office, at, calendar });
      const id = ids[0] ?? '';
      const { orgId } = await db.complaint.findUniqueOrThrow({ where: { id } });
      // Half of them are dealt with at once; the others become something to rectify.
      if (orgId !== null && draw('solved', unit.id) < 0.5)
        return solve(db, id, '已办理并回访。', { by: office, at, calendar });
      const found = {
        orgId: unit.id,
        source: 'complaint' as const,
        sourceId: id,
        severity: 'minor' as const,
        what: text,
      };
      await recordFindings(db, { cycleId, by: office, at }, [found]);
    });
  const observe = ({ unit }: Sight, day: string, at: Date) =>
    prisma.$transaction(async (db) => {
      const point = { code: `${year}-${unit.code}`, name: `${unit.name}服务窗口`, orgId: unit.id, observers: [office] };
      const id = await createPoint(db, { ...point, indicator: observed });
      const value = String(70 + Math.floor(draw('observed', unit.id) * 30));
      await recordObservation(db, id, { day, value, remark: '现场观测。' }, { by: office, at, calendar });
    });
  const opine = ({ unit }: Sight, at: Date) =>
    prisma.$transaction(async (db) => {
      const wish = pick(OPINIONS, draw('opinion', unit.id));
      const written = [PRAISE, wish, `${wish}。`].map((text) => ({ orgId: unit.id, text }));
      const [praise = '', ...asked] = await recordOpinions(db, { cycleId, at }, written);
      const by = { by: office, at };
      await sortOpinions(db, cycleId, [praise], 'praise', by);
      await sortOpinions(db, cycleId, asked, 'opinion', by);
      const id = await draftGoal(db, { cycleId, title: wish, what: wish, opinions: asked, units: [unit.id] }, by);
      await confirmGoal(db, id, by);
      await issueGoal(db, id, 'minor', by);
    });

  const sorts = [...blocksOf(world.template)].some(({ block }) => block.key === OPINIONS_SORTED);
  /** The office sorts what raters have written as soon as it is its turn: one goal for each unit, of all that it was told. */
  const sortWritten = async (at: Date) => {
    const { rows } = await pool.query<{ org: string; ids: string[]; text: string }>(
      `SELECT org_id AS org, array_agg(id ORDER BY id) AS ids, min(text) AS text FROM opinions
       WHERE cycle_id = $1 AND sort IS NULL AND org_id IS NOT NULL
         AND EXISTS (SELECT FROM tasks t JOIN cases k ON k.id = t.case_id WHERE k.cycle_id = $1 AND t.block = $2 AND t.state = 'open')
       GROUP BY org_id ORDER BY org_id`,
      [cycleId, OPINIONS_SORTED],
    );
    const by = { by: office, at };
    for (const { org, ids, text } of rows)
      await prisma.$transaction(async (db) => {
        await sortOpinions(db, cycleId, ids, 'opinion', by);
        const title = text.slice(0, 100);
        const id = await draftGoal(db, { cycleId, title, what: text, opinions: ids, units: [org] }, by);
        await confirmGoal(db, id, by);
        await issueGoal(db, id, 'minor', by);
      });
  };

  const act = async () => {
    const at = clock.now();
    if (sorts) await sortWritten(at);
    const today = calendar.dayOf(at.toISOString());
    for (let sight = sights[0]; sight && sight.day <= today; sight = sights[0]) {
      sights.shift();
      const { rows } = await pool.query(
        `SELECT FROM cycle_participants p JOIN cases c ON c.id = p.case_id JOIN cycles y ON y.id = p.cycle_id
         WHERE p.cycle_id = $1 AND p.org_id = $2 AND c.status = 'active' AND y.status IN ('launching', 'running')`,
        [cycleId, sight.unit.id],
      );
      if (rows.length === 0) continue;
      if (sight.kind === 'inspection') await inspect(sight, sight.day, at);
      else if (sight.kind === 'complaint') await complain(sight, sight.day, at);
      else if (sight.kind === 'observation') await observe(sight, sight.day, at);
      else await opine(sight, at);
    }
  };
  return { next: () => sights[0] && millis(calendar.endOf(sights[0].day)), act };
}
