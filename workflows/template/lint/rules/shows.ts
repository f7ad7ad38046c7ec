import { fieldNamed } from '../../access.ts';
import { humanSites, type Model, type Site } from '../../model.ts';
import { error, type Finding, text } from '../finding.ts';
import { namesAt } from '../known.ts';
import type { Rule } from './rule.ts';

/** What a block shows must have been filled in before it. */
export const shows: Rule = (model) =>
  humanSites(model).flatMap((site) =>
    (site.block.shows ?? []).flatMap((name, i) => nameFindings(model, site, name, `${site.path}.shows[${i}]`)),
  );

/** What a block may do with earlier fields is possible, and said once. */
export const access: Rule = (model) =>
  humanSites(model).flatMap((site) =>
    Object.entries(site.block.access ?? {}).flatMap(([name, how]): Finding[] => {
      const path = `${site.path}.access.${name}`;
      const { block } = site;
      if (block.fields?.some(({ key }) => key === name))
        return [
          error(
            'access.own',
            path,
            text(`“${name}”是本环节自己的字段。`, `"${name}" is a field of this block itself.`),
            text(
              'access 只写更早环节的字段；本环节的字段用 required。',
              'Name fields of earlier blocks only; own fields have `required`.',
            ),
          ),
        ];
      if (block.shows?.includes(name))
        return [
          error(
            'access.shows',
            path,
            text(`“${name}”同时写在 shows 和 access 里。`, `"${name}" is in both shows and access.`),
            text('只保留一处。', 'Keep one of them.'),
          ),
        ];
      // What another branch writes at the same time can be hidden, though nobody here could read it.
      if (how === 'hidden') return isNamed(model, name) ? [] : [unknown(name, path)];
      const findings = nameFindings(model, site, name, path);
      if (findings.length > 0 || how === 'read' || fieldNamed(model.template, name)) return findings;
      return [
        error(
          'access.computed',
          path,
          text(`“${name}”是计算或汇总出来的，不能填写。`, `"${name}" is computed or gathered; nobody can write it.`),
          text('改为 read，或改正名称。', 'Use read, or correct the name.'),
        ),
      ];
    }),
  );

/** Says so when a name is not known at a block: unknown at all, or known only later or elsewhere. */
export function nameFindings(model: Model, site: Site, name: string, path: string): Finding[] {
  if (namesAt(model, site).has(name)) return [];
  return [isNamed(model, name) ? later(name, path) : unknown(name, path)];
}

/** Whether any block gives a value of this name. */
export const isNamed = (model: Model, name: string): boolean =>
  model.sites.some(({ block }) => {
    if (block.type === 'compute') return block.into === name;
    if (block.type === 'repeat') return block.collect?.into === name;
    return (block.type === 'task' || block.type === 'approval') && (block.fields ?? []).some(({ key }) => key === name);
  });

const unknown = (name: string, path: string): Finding =>
  error(
    'name.unknown',
    path,
    text(`没有名为“${name}”的字段或计算值。`, `There is no field or computed value "${name}".`),
    text('改正名称，或在更早的步骤里增加这个字段。', 'Correct the name, or add the field to an earlier block.'),
  );

const later = (name: string, path: string): Finding =>
  error(
    'name.later',
    path,
    text(
      `“${name}”到这一步还没有产生，或属于别的流程、并行的别的分支。`,
      `"${name}" does not exist yet at this block, or belongs to another case or to a branch that runs at the same time.`,
    ),
    text(
      '移到产生它的步骤之后；按项目重复的值用 collect 汇总。',
      'Move it after the block that gives the value; gather values of a repeat by `collect`.',
    ),
  );
