import { groupOf, itemKeys, minVotesOf } from '../../workflows/ballots/groups.ts';
import type { AssessorGroup } from '../../workflows/ballots/schema.ts';
import { type Calendar, millis } from '../../workflows/calendar/calendar.ts';
import { castBallots } from '../ballots/cast.ts';
import { tellIfComplete } from '../ballots/complete.ts';
import { readSheet } from '../ballots/sheet.ts';
import { ProblemError } from '../http/problem.ts';
import { answerSurvey, readSurvey } from '../surveys/answer.ts';
import { issueLinks } from '../surveys/links.ts';
import { makeAgenda } from './agenda.ts';
import { qualityOf } from './desks.ts';
import { pick } from './draw.ts';
import { REMARKS } from './phrases.ts';
import { fillSheet } from './sheets.ts';
import type { Ran, World } from './world.ts';

type Plan = { sheet: string } | { token: string; who: string };

/** Who scores: when they mean to, and what they think. */
export interface Voters {
  /** The next instant at which somebody means to hand in. */
  next(): number | undefined;
  /** Assessors see the rounds that opened since an instant; the office hands out the links of public surveys. */
  look(since: Date): Promise<void>;
  act(now: number): Promise<void>;
}

/** Most hand in while there is time; some never do. */
const NEVER = 0.04;
const CARELESS = 0.02;
/** So many answers a survey gets for each layer, and at least half as many again as it needs to be shown. */
const ANSWERS = 12;

/** The assessors of a simulated city. What somebody thinks of a unit scatters around how good its work is. */
export function makeVoters(world: World, ran: Ran): Voters {
  const { pool, engine, clock, calendar, draw } = world;
  const agenda = makeAgenda<Plan>();
  const now = () => clock.now().toISOString();
  const orgs = new Map<string, string>();

  const plan = (opened: Date, closes: Date | null, u: number, one: Plan) =>
    agenda.add(whenTo(calendar, opened, closes ?? opened, u), one);

  const opinionOf =
    (who: string) =>
    (participant: string, item: string): number => {
      const quality = qualityOf(draw, orgs.get(participant) ?? null);
      return Math.min(1, Math.max(0, quality + (draw('ballot', who, participant, item) - 0.5) * 0.3));
    };
  const opinionsOf = (group: AssessorGroup, who: string, participants: readonly string[]) =>
    group.opinions && participants.length > 0 && draw('opinion', who) < 0.15
      ? [{ participant: pick(participants, draw('about', who)), text: pick(REMARKS, draw('remark', who)) }]
      : [];

  const ask = async (round: RoundRow, key: string) => {
    const group = groupOf(world.template, key);
    const layers = group.layers?.map((layer) => layer.key) ?? [null];
    const count = Math.max(ANSWERS, minVotesOf(group) * 2);
    for (const layer of layers) {
      const tokens = await issueLinks(pool, { round: round.id, group: key, layer, count, by: null, at: now() });
      for (const [i, token] of tokens.entries()) {
        const who = `${round.id}/${key}/${layer}/${i}`;
        plan(round.opened, round.closes, draw('answer', who), { token, who });
      }
    }
  };

  const handIn = async (sheetId: string) => {
    const sheet = await readSheet(pool, { id: sheetId }, now());
    const { group, targets, roundId, assessor } = sheet;
    if (assessor === null || targets.length === 0) return;
    const spoils = group.rules?.some(({ effect }) => effect === 'invalid') ?? false;
    const casts = fillSheet(group, targets, opinionOf(sheetId), {
      careless: spoils && draw('careless', sheetId) < CARELESS,
      blank: (participant) => draw('blank', sheetId, participant) < 0.03,
    });
    const opinions = opinionsOf(
      group,
      sheetId,
      targets.map(({ participant }) => participant),
    );
    const handed = await castBallots(pool, {
      round: roundId,
      group: group.key,
      assessor,
      sheet: casts,
      opinions,
      at: now(),
    });
    await tellIfComplete(pool, engine, handed);
  };

  const answer = async ({ token, who }: Extract<Plan, { token: string }>) => {
    const { group, participants } = await readSurvey(pool, token, now());
    const known = participants.filter(({ caseId }) => draw('knows', who, caseId) < 0.8);
    const targets = known.map(({ caseId, indicators }) => ({
      participant: caseId,
      items: itemKeys(group, indicators),
    }));
    if (targets.length === 0) return;
    const ballots = fillSheet(group, targets, opinionOf(who));
    const opinions = opinionsOf(
      group,
      who,
      known.map(({ caseId }) => caseId),
    );
    await answerSurvey(pool, { token, ballots, opinions, at: now() });
  };

  const perform = async (one: Plan): Promise<void> => {
    try {
      await ('sheet' in one ? handIn(one.sheet) : answer(one));
    } catch (error) {
      // The round may be over, because time has passed or the cycle was put elsewhere.
      if (!(error instanceof ProblemError) || !OVER.has(error.id)) throw error;
      ran.overtaken += 1;
    }
  };

  return {
    next: agenda.next,
    look: async (since) => {
      if (!world.template.assessors) return;
      for (const round of await readRounds(world, since)) {
        for (const { id, orgId } of round.units) orgs.set(id, orgId);
        for (const sheet of round.sheets)
          if (draw('never', sheet) >= NEVER) plan(round.opened, round.closes, draw('hand in', sheet), { sheet });
        for (const key of round.groups) if (groupOf(world.template, key).kind === 'public') await ask(round, key);
      }
    },
    act: async (until) => {
      for (const one of agenda.take(until)) await perform(one);
    },
  };
}

const OVER: ReadonlySet<string> = new Set(['ballot.closed', 'ballot.submitted', 'ballot.recused', 'survey.gone']);

interface RoundRow {
  id: string;
  opened: Date;
  closes: Date | null;
  groups: string[];
  sheets: string[];
  units: { id: string; orgId: string }[];
}

/** The rounds of the world's cycle that opened at an instant or later. */
async function readRounds({ pool, cycleId }: World, since: Date): Promise<RoundRow[]> {
  const { rows } = await pool.query<RoundRow>({
    name: 'bihuan_sim_rounds',
    text: `SELECT r.id, r.opened_at AS opened, r.groups,
        (SELECT min(t.due_at) FROM timers t WHERE t.case_id = r.case_id AND t.scope = r.block || '#' || r.round) AS closes,
        ARRAY(SELECT s.id::text FROM ballot_sheets s WHERE s.round_id = r.id AND s.state = 'open' ORDER BY s.id) AS sheets,
        (SELECT json_agg(json_build_object('id', p.case_id, 'orgId', p.org_id)) FROM cycle_participants p WHERE p.cycle_id = r.cycle_id) AS units
      FROM ballot_rounds r WHERE r.cycle_id = $1 AND r.opened_at >= $2 AND r.closed_at IS NULL ORDER BY r.id`,
    values: [cycleId, since],
  });
  return rows;
}

/** At ten or at four of a working day between the two instants, or at once when there is no such day. */
function whenTo(calendar: Calendar, opened: Date, closes: Date, u: number): string {
  const [first, last] = [opened, closes].map((instant) => calendar.dayOf(instant.toISOString()));
  const days = calendar.workingDaysBetween(first ?? '', last ?? '');
  const day = calendar.addWorkingDays(first ?? '', Math.floor(u * Math.max(0, days)) + 1);
  const end = millis(calendar.endOf(day));
  const at = end - (u * 1000 - Math.floor(u * 1000) < 0.5 ? 8 : 2) * 3_600_000;
  return new Date(at < closes.getTime() ? at : opened.getTime()).toISOString();
}
