import { overPg, type Sql } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { judgeSilent } from '../lights/silent.ts';
import { type Actor, answerWarning, reviewWarning } from '../warnings/answer.ts';
import { lapseWarnings } from '../warnings/lapse.ts';
import type { World } from './world.ts';

/** So many of the orders are answered, the rest lapses. */
const ANSWERED = 0.8;
/** Working days after which whoever answers does, and the office reviews. */
const [ANSWER_DAYS, REVIEW_DAYS] = [3, 2];

interface Held {
  id: string;
  state: string;
  org: string;
  code: string | null;
  period: string | null;
  colour: string | null;
  since: string;
  unit: string | null;
  office: string | null;
}

/** Once a day: silence is judged, units answer the warnings and orders that they mean to answer, the office accepts, and what is late lapses. */
export function makeOrders(world: World): () => Promise<void> {
  const { pool, clock, calendar, draw, template } = world;
  let seen = '';
  return async () => {
    const at = clock.now().toISOString();
    const today = calendar.dayOf(at);
    if (today === seen || !(template.lights || template.warnings)) return;
    seen = today;
    await judgeSilent(pool, clock.now(), calendar);
    await lapseWarnings(pool, clock.now(), calendar);
    for (const held of await readHeld(overPg(pool), world.cycleId)) {
      const waited = calendar.workingDaysBetween(calendar.dayOf(held.since), today);
      const act = (by: string, step: (sql: Sql, actor: Actor) => Promise<void>) =>
        transaction(pool, (client) => step(overPg(client), { by, at, calendar }));
      if (held.state === 'answered') {
        if (held.office !== null && waited >= REVIEW_DAYS)
          await act(held.office, (sql, actor) => reviewWarning(sql, held.id, { verdict: 'accept' }, actor));
      } else if (held.unit !== null && waited >= ANSWER_DAYS) {
        const answers = draw('order', held.org, held.code ?? '', held.period ?? '', held.colour ?? '') < ANSWERED;
        if (answers)
          await act(held.unit, (sql, actor) =>
            answerWarning(sql, held.id, '已采取措施，本月内赶上进度。', template.warnings, actor),
          );
      }
    }
  };
}

const readHeld = (sql: Sql, cycleId: string): Promise<Held[]> =>
  sql.query<Held>(
    `SELECT w.id::text, w.state, o.code AS org, w.code, w.period, w.colour,
       to_char(coalesce(w.answered_at, w.opened_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
       (SELECT r.person_id::text FROM roles r WHERE r.org_id = w.org_id AND r.role = 'staff' ORDER BY r.person_id LIMIT 1) AS unit,
       (SELECT r.person_id::text FROM roles r WHERE r.org_id IS NULL AND r.role = 'performanceOffice' AND r.person_id IS DISTINCT FROM w.answered_by
        ORDER BY r.person_id LIMIT 1) AS office
     FROM warnings w JOIN org_units o ON o.id = w.org_id WHERE w.cycle_id = $1::uuid AND w.state IN ('open', 'returned', 'answered') ORDER BY w.number`,
    [cycleId],
  );
