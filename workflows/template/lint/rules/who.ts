import { humanSites, isHuman, type Model, type Site } from '../../model.ts';
import { isOfOwner } from '../../owners.ts';
import type { Who } from '../../when.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import { namesAt } from '../known.ts';
import type { Rule } from './rule.ts';

/** Who acts must be somebody that the directory can find from where the block stands. */
export const who: Rule = (model) => asksOf(model).flatMap(({ site, who: one, path }) => oneWho(model, site, one, path));

/** A rung's `to` is asked when the block is open, so it may name what the block's `who` may. */
function asksOf(model: Model): { site: Site; who: Who; path: string }[] {
  return model.sites.flatMap((site) => {
    const { block, path } = site;
    if (!isHuman(block) && block.type !== 'notify') return [];
    const asks = block.who.map((one, i) => ({ site, who: one, path: `${path}.who[${i}]` }));
    const rungs = isHuman(block) ? (block.escalate ?? []) : [];
    const cc = isHuman(block) ? (block.cc ?? []) : [];
    const empty = isHuman(block) ? block.auto?.empty : undefined;
    return [
      ...asks,
      ...cc.map((one, i) => ({ site, who: one, path: `${path}.cc[${i}]` })),
      ...(typeof empty === 'object' ? [{ site, who: empty.who, path: `${path}.auto.empty.who` }] : []),
      ...rungs.flatMap((rung, i) => (rung.to ? [{ site, who: rung.to, path: `${path}.escalate[${i}].to` }] : [])),
    ];
  });
}

function oneWho(model: Model, site: Site, one: Who, path: string): Finding[] {
  switch (one.kind) {
    case 'role':
      return [...role(model, one, path), ...of(model, site, one.of, path)];
    case 'head':
      return of(model, site, one.of ?? 'participant', path);
    case 'field':
      return field(model, site, one.field, path);
    case 'actorOf':
      return actorOf(model, site, one.block, path);
    case 'initiator':
    case 'superior':
      return before(model, site)
        ? []
        : [
            error(
              'who.nobodyYet',
              `${path}.kind`,
              text(
                '此前还没有人办理过，找不到这个人。',
                'Nobody has acted before this block, so there is no such person.',
              ),
              text('改用角色或单位负责人。', 'Name a role or the head of the unit.'),
            ),
          ];
    case 'person':
      return [];
  }
}

function role(model: Model, one: Extract<Who, { kind: 'role' }>, path: string): Finding[] {
  const known = Object.hasOwn(model.template.roles, one.role) ? model.template.roles[one.role] : undefined;
  if (!known)
    return [
      error(
        'who.role.unknown',
        `${path}.role`,
        text(`模板里没有角色“${one.role}”。`, `The template has no role "${one.role}".`),
        text('在 roles 里加上它，或改正拼写。', 'Add it under roles, or correct the spelling.'),
      ),
    ];
  if (known.scope === 'city' && one.of !== undefined)
    return [
      error(
        'who.role.scope',
        `${path}.of`,
        text(`“${one.role}”是全市角色，不属于某个单位。`, `"${one.role}" is a role for the whole city, not of a unit.`),
        text('删除 of，或把角色改为单位角色。', 'Leave `of` out, or make the role one of units.'),
      ),
    ];
  if (known.scope === 'unit' && one.of === undefined)
    return [
      error(
        'who.role.scope',
        `${path}.role`,
        text(
          `“${one.role}”是单位角色，没有说明是哪个单位。`,
          `"${one.role}" is a role of units, and no unit is named.`,
        ),
        text('加上 of：participant 或 monitoringUnit。', 'Add `of`: participant or monitoringUnit.'),
      ),
    ];
  return [];
}

function of(model: Model, site: Site, unit: string | undefined, path: string): Finding[] {
  if (unit === undefined) return [];
  if (unit === 'item') {
    if (site.repeat?.block.over === 'sections' || isOfOwner(model.template, site)) return [];
    return [
      error(
        'who.item',
        `${path}.of`,
        text(
          '只有在按科室或责任单位重复的区块里才有“当前单位”。',
          'Only inside a repeat over sections or owners is there a unit of the item.',
        ),
        text('改用 participant，或放进按科室的重复里。', 'Name the participant, or move the block into such a repeat.'),
      ),
    ];
  }
  if (!site.cycle) return [];
  return [
    error(
      'cycle.participant',
      path,
      text('全周期的区块只办一次，没有参评单位。', 'A block of the whole cycle runs once, for no participant.'),
      text('改用全市角色。', 'Name a role of the whole city.'),
    ),
  ];
}

function field(model: Model, site: Site, name: string, path: string): Finding[] {
  const at = `${path}.field`;
  const given = humanSites(model).flatMap(({ block }) => (block.fields ?? []).filter(({ key }) => key === name));
  if (!namesAt(model, site).has(name))
    return [
      given.length > 0
        ? error(
            'name.later',
            at,
            text(`“${name}”在这一步还没有填写。`, `"${name}" is not yet filled in at this block.`),
            text('把选人放到更早的步骤，或改用角色。', 'Let it be chosen in an earlier block, or name a role.'),
          )
        : error(
            'name.unknown',
            at,
            text(`没有名为“${name}”的字段。`, `There is no field "${name}".`),
            text('改正字段名。', 'Correct the name.'),
          ),
    ];
  if (given.some(({ type }) => type === 'person')) return [];
  return [
    error(
      'who.field.type',
      at,
      text(`“${name}”不是选人的字段。`, `"${name}" is not a field in which a person is chosen.`),
      text('用类型为 person 的字段。', 'Use a field of type person.'),
    ),
  ];
}

function actorOf(model: Model, site: Site, key: string, path: string): Finding[] {
  const at = `${path}.block`;
  const other = model.byKey.get(key);
  if (!other || !isHuman(other.block))
    return [
      error(
        'who.actorOf.unknown',
        at,
        text(`没有名为“${key}”的办理步骤。`, `There is no task or approval "${key}".`),
        text('改正区块名。', 'Correct the key.'),
      ),
    ];
  if (other.machine !== site.machine)
    return [
      error(
        site.cycle || other.cycle ? 'cycle.participant' : 'who.actorOf.otherCase',
        at,
        text(
          `“${key}”在另一个流程里办理，这里看不到办理人。`,
          `"${key}" is decided in another case; its actor is not known here.`,
        ),
        text('改用角色或单位负责人。', 'Name a role or the head of the unit.'),
      ),
    ];
  if (other.order >= site.order)
    return [
      error(
        'who.actorOf.later',
        at,
        text(`“${key}”在这一步之后才办理。`, `"${key}" is decided only after this block.`),
        text('指向更早的步骤。', 'Name an earlier block.'),
      ),
    ];
  return [];
}

/** Whoever recuses themselves has acted in an earlier block: of this case, or of the cycle's. */
export const recusals: Rule = (model) =>
  humanSites(model).flatMap((site) =>
    (site.block.recuse ?? []).flatMap((key, i): Finding[] => {
      const other = model.byKey.get(key);
      const earlier = other && isHuman(other.block) && other.order < site.order;
      if (earlier && (other.machine === site.machine || other.machine === 'cycle')) return [];
      return [
        error(
          'recuse.unknown',
          `${site.path}.recuse[${i}]`,
          text(`“${key}”不是此前的办理步骤，无从回避。`, `"${key}" is no earlier task or approval to recuse from.`),
          text('写更早的办理步骤的 key。', 'Name an earlier task or approval of this case or of the cycle.'),
        ),
      ];
    }),
  );

const before = (model: Model, site: Site): boolean =>
  humanSites(model).some((other) => other.order < site.order && other.machine === site.machine);

/** A role that nobody is asked for is left over. */
export const unusedRoles: Rule = (model) => {
  const asked = new Set(asksOf(model).flatMap(({ who: one }) => (one.kind === 'role' ? [one.role] : [])));
  const tells = humanSites(model).some(({ block }) => block.escalate?.some((rung) => rung.do === 'office'));
  if (tells) asked.add('performanceOffice');
  for (const { who = [], layers = [] } of model.template.assessors ?? [])
    for (const one of [...who, ...layers.flatMap((layer) => layer.who ?? [])])
      if (one.kind === 'role') asked.add(one.role);
  const { list = [], keyTasks = [] } = model.template.indicators ?? {};
  for (const { approves } of [...list, ...keyTasks]) if (approves !== undefined) asked.add(approves);
  const { adjustments } = model.template;
  const ledger = [
    adjustments?.propose,
    adjustments?.approve,
    ...(adjustments?.items ?? []).map((item) => item.propose),
  ];
  for (const role of ledger.flatMap((roles) => roles ?? [])) asked.add(role);
  return Object.keys(model.template.roles)
    .filter((key) => !asked.has(key))
    .map((key) =>
      warning(
        'role.unused',
        `roles.${key}`,
        text(`没有任何步骤用到角色“${key}”。`, `No block asks for the role "${key}".`),
        text('删除它，或在步骤里使用。', 'Remove it, or use it.'),
      ),
    );
};
