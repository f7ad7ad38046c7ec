import { type Model, type SiteOf, sitesOf } from '../../model.ts';
import { error, type Finding, text } from '../finding.ts';
import { below, givenBy, namesAt } from '../known.ts';
import type { Rule } from './rule.ts';
import { nameFindings } from './shows.ts';

/** A repeat has items, and gathers what its body gives. */
export const repeats: Rule = (model) =>
  sitesOf(model, 'repeat').flatMap((site) => [...rows(model, site), ...collect(site)]);

function rows(model: Model, site: SiteOf<'repeat'>): Finding[] {
  const { over } = site.block;
  if (typeof over === 'string') return [];
  const path = `${site.path}.over.rows`;
  const type = namesAt(model, site).get(over.rows)?.type;
  if (!type) return nameFindings(model, site, over.rows, path);
  if (type.kind !== 'any' && (type.kind !== 'list' || type.of.kind !== 'context'))
    return [
      error(
        'repeat.notTable',
        path,
        text(`“${over.rows}”不是表。`, `"${over.rows}" is not a table.`),
        text('写一个表字段，或 collect 汇总的列表。', 'Name a table, or a list gathered by `collect`.'),
      ),
    ];
  if (type.kind === 'list' && type.of.kind === 'context' && Object.hasOwn(type.of.entries, 'key'))
    return [
      error(
        'repeat.key',
        path,
        text(
          '表里有名为 key 的列，重复时会被行号覆盖。',
          'The table has a column "key", which the number of the row replaces.',
        ),
        text('给这一列改名。', 'Rename the column.'),
      ),
    ];
  return [];
}

function collect(site: SiteOf<'repeat'>): Finding[] {
  const { collect: gathered } = site.block;
  if (!gathered) return [];
  const given = new Set(
    site.paths.flatMap(({ sites }) =>
      sites
        .flatMap(below)
        .flatMap((inner) => [
          ...givenBy(inner).map(([name]) => name),
          ...(inner.block.type === 'repeat' && inner.block.collect ? [inner.block.collect.into] : []),
        ]),
    ),
  );
  return gathered.fields.flatMap((name, i, all): Finding[] => {
    const path = `${site.path}.collect.fields[${i}]`;
    if (name === 'index' || name === 'item')
      return [
        error(
          'collect.reserved',
          path,
          text(`“${name}”在汇总的行里表示序号或项目。`, `"${name}" is the number or the item in a gathered row.`),
          text('给字段改名。', 'Rename the field.'),
        ),
      ];
    if (!given.has(name))
      return [
        error(
          'collect.unknown',
          path,
          text(`重复的步骤里没有产生“${name}”。`, `Nothing inside the repeat gives "${name}".`),
          text('只汇总重复区块里的字段。', 'Gather fields of blocks inside the repeat.'),
        ),
      ];
    if (all.indexOf(name) < i)
      return [
        error(
          'field.duplicate',
          path,
          text(`“${name}”出现了两次。`, `"${name}" is there twice.`),
          text('删除一个。', 'Remove one of them.'),
        ),
      ];
    return [];
  });
}
