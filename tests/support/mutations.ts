import { isHuman, type Model, modelOf, type Site, type SiteOf, sitesOf } from '../../workflows/template/model.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { pick } from './templates.ts';

/** What a mutation broke: the finding that must say so. */
export interface Broken {
  content: unknown;
  id: string;
  path: string;
}

type Mutation = (model: Model, n: number) => [id: string, path: string] | undefined;

const human = (model: Model, n: number) =>
  pick(
    model.sites.filter((site) => isHuman(site.block)),
    n,
  ) as SiteOf<'task' | 'approval'> | undefined;
const change = (site: Site | undefined, more: object): Site | undefined => {
  if (site) Object.assign(site.block, more);
  return site;
};
const found = (id: string, site: Site | undefined, end = ''): [string, string] | undefined =>
  site && [id, site.path + end];
/** A weighted sum, and the parts of it. */
function weighted(model: Model, n: number) {
  const found = sitesOf(model, 'compute').flatMap((site) => {
    const { rule } = site.block;
    const sum = rule.kind === 'rule' && typeof rule.rule === 'object' && rule.rule.kind === 'round' ? rule.rule.of : '';
    return typeof sum === 'object' && sum.kind === 'composite' && Array.isArray(sum.of)
      ? [{ site, parts: sum.of }]
      : [];
  });
  return pick(found, n);
}
/** A block whose key nothing refers to may be renamed without breaking anything else. */
const rename = (site: Site | undefined, key: string) => change(site, { key });

/** Each breaks one thing in a template that was right, at a random place, and knows what must be said about it. */
export const MUTATIONS: Record<string, Mutation> = {
  'a key twice': ({ sites }, n) => {
    const site = sites[1 + (n % Math.max(sites.length - 1, 1))];
    return found('key.duplicate', rename(site, sites[0]?.block.key ?? ''), '.key');
  },
  'the key of a phase': ({ sites }, n) => found('key.phase', rename(pick(sites, n), 'rectify'), '.key'),
  'a key that every object has': ({ sites }, n) =>
    found('key.reserved', rename(pick(sites, n), 'hasOwnProperty'), '.key'),
  'a dot in a key': ({ sites }, n) => found('schema.format', rename(pick(sites, n), 'a.b'), '.key'),
  'a property that is not there': ({ sites }, n) =>
    found('schema.unknownKey', change(pick(sites, n), { invoke: {} }), '.invoke'),
  'a type that is not there': ({ sites }, n) =>
    found('schema.value', change(pick(sites, n), { type: 'spawn' }), '.type'),
  nobody: (model, n) =>
    found('who.role.unknown', change(human(model, n), { who: [{ kind: 'role', role: 'nobody' }] }), '.who[0].role'),
  'a unit role of no unit': (model, n) =>
    found('who.role.scope', change(human(model, n), { who: [{ kind: 'role', role: 'staff' }] }), '.who[0].role'),
  'the actor of the block itself': (model, n) => {
    const site = human(model, n);
    return found(
      'who.actorOf.later',
      change(site, { who: [{ kind: 'actorOf', block: site?.block.key }] }),
      '.who[0].block',
    );
  },
  'the participant in a cycle block': (model, n) => {
    const site = pick(
      model.sites.filter((one) => one.cycle && isHuman(one.block)),
      n,
    );
    return found('cycle.participant', change(site, { who: [{ kind: 'head' }] }), '.who[0]');
  },
  'a value that is not there': (model, n) =>
    found('name.unknown', change(human(model, n), { shows: ['nope'] }), '.shows[0]'),
  'a deadline in the past': (model, n) =>
    found(
      'deadline.beforeOpening',
      change(human(model, n), { deadline: { from: 'opened', workingDays: -1 } }),
      '.deadline',
    ),
  'a date that is none': (model, n) =>
    found('date.notReal', change(human(model, n), { deadline: { date: '02-30' } }), '.deadline.date'),
  'the end of no item': (model, n) => {
    const site = pick(
      model.sites.filter((one) => isHuman(one.block) && !one.repeat),
      n,
    );
    return found('date.item', change(site, { deadline: { from: 'itemEnd' } }), '.deadline.from');
  },
  'a ladder without a deadline': (model, n) =>
    found(
      'deadline.needed',
      change(human(model, n), { deadline: undefined, remind: undefined, escalate: [{ after: 1, do: 'remind' }] }),
      '.escalate',
    ),
  'rungs in the wrong order': (model, n) =>
    found(
      'rung.order',
      change(human(model, n), {
        escalate: [
          { after: 3, do: 'remind' },
          { after: 1, do: 'office' },
        ],
      }),
      '.escalate[1].after',
    ),
  'a supervision order without a colour': (model, n) =>
    found('rung.colour', change(human(model, n), { escalate: [{ after: 3, do: 'supervise' }] }), '.escalate[0]'),
  'a task that returns itself': (model, n) =>
    found(
      'rung.impossible',
      change(pick(sitesOf(model, 'task'), n), { escalate: [{ after: 3, do: 'return' }] }),
      '.escalate[0].do',
    ),
  'a return to the block itself': (model, n) => {
    const site = pick(sitesOf(model, 'approval'), n);
    return found('target.later', change(site, { returnTo: site?.block.key }), '.returnTo');
  },
  'a return to nowhere': (model, n) =>
    found('target.unknown', change(pick(sitesOf(model, 'approval'), n), { returnTo: 'nowhere' }), '.returnTo'),
  'a gate to nowhere': (model, n) =>
    found('target.unknown', change(pick(sitesOf(model, 'gate'), n), { onFail: 'nowhere' }), '.onFail'),
  'a vote with no way on': (model, n) => {
    const site = pick(sitesOf(model, 'approval'), n);
    return found(
      'vote.noWay',
      change(site, { mode: 'vote', vote: { quorum: '0', pass: '0.5' }, onReject: undefined, returnTo: undefined }),
    );
  },
  'a wait for nothing': (model, n) =>
    found('wait.endless', change(pick(sitesOf(model, 'wait'), n), { until: undefined, message: undefined })),
  'a cycle block inside': ({ sites }, n) =>
    found(
      'cycle.nested',
      change(
        pick(
          sites.filter((one) => one.parent && !one.cycle),
          n,
        ),
        { per: 'cycle' },
      ),
      '.per',
    ),
  'a condition of nothing': (model, n) => {
    const site = pick(sitesOf(model, 'branch'), n);
    const path = site?.block.paths[0];
    if (path) path.if = 'nope > 1';
    return found('name.unknown', site, '.paths[0].if');
  },
  'a condition that never holds': (model, n) => {
    const site = pick(sitesOf(model, 'branch'), n);
    const path = site?.block.paths[0];
    if (path) path.if = '1 = 2';
    return found('reach.never', site, '.paths[0].if');
  },
  'a clock in a condition': (model, n) => {
    const site = pick(sitesOf(model, 'gate'), n);
    const first = site?.block.requires[0];
    if (first) first.if = 'now() > date and time("2026-01-01T00:00:00Z")';
    return found('feel.forbidden', site, '.requires[0].if');
  },
  'a condition that does not parse': (model, n) => {
    const site = pick(sitesOf(model, 'gate'), n);
    const first = site?.block.requires[0];
    if (first) first.if = 'if (';
    return found('feel.syntax', site, '.requires[0].if');
  },
  'weights of 101 %': (model, n) => {
    const sum = weighted(model, n);
    const first = sum?.parts[0];
    if (first) first.weight = '1.01';
    return found('rule.weights', sum?.site, '.rule.rule.of.of');
  },
  'a weighted part of nothing': (model, n) => {
    const sum = weighted(model, n);
    const first = sum?.parts[0];
    if (first) first.rule = { kind: 'input', path: 'values.nope', required: true };
    return found('name.unknown', sum?.site, '.rule.rule.of.of[0].rule.path');
  },
  'a field twice': (model, n) => {
    const field = { key: 'twin', type: 'boolean', name: { zh: 'x', en: 'x' } };
    return found('field.duplicate', change(human(model, n), { fields: [field, field] }), '.fields[1].key');
  },
  'a field that hides a function': (model, n) => {
    const field = { key: 'sum', type: 'boolean', name: { zh: 'x', en: 'x' } };
    return found('name.reserved', change(human(model, n), { fields: [field] }), '.fields[0].key');
  },
  'a message of nothing': (model, n) =>
    found('notify.name', change(pick(sitesOf(model, 'notify'), n), { body: { zh: '{{nope}}', en: 'x' } }), '.body.zh'),
  'an invisible character': ({ sites }, n) =>
    found('text.unclean', change(pick(sites, n), { name: { zh: 'x\u200b', en: 'x' } }), '.name.zh'),
};

/** Applies a mutation to a copy of a template; undefined when there is no place for it. */
export function mutate(template: CycleTemplate, name: string, n: number): Broken | undefined {
  const copy = JSON.parse(JSON.stringify(template)) as CycleTemplate;
  const [id, path] = MUTATIONS[name]?.(modelOf(copy), n) ?? [];
  return id === undefined || path === undefined ? undefined : { content: JSON.parse(JSON.stringify(copy)), id, path };
}
