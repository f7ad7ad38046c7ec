import { describe, expect, test } from 'vitest';
import { actionsOf } from '../../../workflows/approval/actions.ts';
import type { CaseEvent } from '../../../workflows/machine/context.ts';
import { runnerOf } from '../../../workflows/machine/definition.ts';
import { refusalOf, startCase, stepCase } from '../../../workflows/machine/step.ts';
import { blockByKey } from '../../../workflows/machine/track.ts';
import { ACTIONS } from '../../../workflows/template/action.ts';
import type { HumanBlock } from '../../../workflows/template/block.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import {
  cameOf,
  ENCLOSURES,
  type Enclosure,
  eventOf,
  expectedOf,
  MODES,
  type Mode,
  STANDS,
  TABLE,
  templateOf,
  trackOf,
} from '../../support/actionTable.ts';
import { directory } from '../../support/play.ts';
import { PERIOD } from '../../support/steps.ts';

/** A case of the cell, in memory, as far as the approval. */
function begin(mode: Mode, where: Enclosure) {
  const definition = { template: templateOf(mode, where), track: trackOf(where) };
  const item = { key: 's1', name: 'Section 1' };
  const facts = {
    kind: where === 'together' ? ('item' as const) : ('participant' as const),
    period: PERIOD,
    participant: { id: 'u', name: 'Unit' },
    sections: [item],
    ...(where === 'together' && { item, parent: { caseId: 'c', block: 'each', round: 1, index: 0 } }),
  };
  const start = startCase(definition, { facts, data: {} }, directory);
  let { snapshot } = start;
  const record = [...start.events];
  const one = {
    definition,
    get context() {
      return snapshot.context;
    },
    get status() {
      return snapshot.status;
    },
    refusal: (event: CaseEvent) => refusalOf(definition, snapshot, event)?.id ?? null,
    send: (event: CaseEvent) => {
      const step = stepCase(definition, snapshot, event, directory);
      snapshot = step.snapshot;
      record.push(...step.events);
    },
    /** Everyone does what is asked of them, until nothing is left. */
    finish: () => {
      for (let guard = 0; guard < 200 && snapshot.status === 'active'; guard += 1) {
        const [key, live] = Object.entries(snapshot.context.live).find(([, { seats }]) => seats?.length) ?? [];
        const seat = live?.seats?.find(({ state }) => state === 'open');
        // Only items are left to wait for: their cases are not played here.
        if (key === undefined || !seat) return;
        const { type } = blockByKey(definition.template, key) as HumanBlock;
        const action = type === 'task' ? 'submit' : 'approve';
        one.send({ type: 'act', seat: seat.n, action, actor: seat.people[0] ?? '' });
      }
    },
    replayed: () => {
      const runner = runnerOf(definition);
      return record.reduce(
        (now, event) => runner.step(now, event).snapshot,
        runner.start({ facts, data: {} }).snapshot,
      );
    },
  };
  const submit = (key: string) => {
    const seat = one.context.live[key]?.seats?.[0];
    if (seat) one.send({ type: 'act', seat: seat.n, action: 'submit', actor: 'p0' });
  };
  submit('first');
  submit('draft');
  return one;
}

describe.each(ENCLOSURES)('%s', (where) => {
  describe.each(MODES)('%s', (mode) => {
    test.each(TABLE.filter((row) => expectedOf(row, mode, where) !== '—').map((row) => [row[0], row] as const))(
      '%s',
      (steps, row) => {
        const one = begin(mode, where);
        const expected = expectedOf(row, mode, where);
        const all = steps.split(', ');
        let refused: string | null = null;
        for (const [i, step] of all.entries()) {
          const last = i === all.length - 1;
          for (let event = eventOf(step, one.context); event; ) {
            refused = one.refusal(event);
            const before = one.context;
            one.send(event);
            if (refused) expect(one.context, 'a refusal changes nothing').toEqual(before);
            if (!last) expect(refused, step).toBeNull();
            event =
              refused === null && step.startsWith('everyone') && one.context.live.ok
                ? eventOf(step, one.context)
                : null;
          }
        }
        expect(refused ? `✗ ${refused}` : cameOf(one.context)).toBe(expected);

        const ended = one.status === 'done';
        const key = expected.startsWith('→') ? expected : 'ok';
        if (ended) expect(one.context.live).toEqual({});
        else if (!refused) expect(Object.keys(one.context.live).sort()).toEqual(STANDS[where][key]?.toSorted());
        for (const [block, { seats }] of Object.entries(one.context.live))
          expect(
            seats?.some(({ state }) => state === 'open'),
            `${block} has somebody to act`,
          ).toBe(true);
        if (where === 'oneByOne' && one.context.live.ok) expect(one.context.live.ok.item?.key).toBe('2026-Q1');
        one.finish();
        // A case of items waits for them; every other one can still end.
        expect(one.status === 'done' || where === 'together' ? 'ends' : Object.keys(one.context.live)).toBe('ends');
        expect(one.replayed().context).toEqual(one.context);
      },
    );
  });
});

test('the table has every action that there is, in every mode and enclosing block, and its templates are green', () => {
  const tried = new Set(TABLE.flatMap(([steps]) => steps.split(', ').map((step) => step.split(' ')[1])));
  for (const action of ACTIONS) expect(tried, action).toContain(action);
  for (const mode of MODES)
    for (const where of ENCLOSURES) {
      const content = templateOf(mode, where);
      expect(lintTemplate(content).filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(actionsOf(blockByKey(content, 'ok') as HumanBlock)).toContain('reject');
    }
});
