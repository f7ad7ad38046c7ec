import type { Text } from '../../../text.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import type { Rule } from './rule.ts';

const MAX_BLOCKS = 500;
const MAX_NESTING = 8;

/** The size of a template bounds the states of its machines. */
export const size: Rule = ({ sites }) => {
  const findings: Finding[] = [];
  if (sites.length === 0)
    findings.push(
      error(
        'template.empty',
        'phases',
        text('模板里没有任何步骤。', 'The template has no blocks.'),
        text('给某个阶段加上区块。', 'Add blocks to a phase.'),
      ),
    );
  else if (sites.every(({ cycle }) => cycle))
    findings.push(
      warning(
        'template.noParticipant',
        'phases',
        text('没有参评单位要办的步骤。', 'There is nothing for the participants to do.'),
        text('加上按参评单位办理的区块。', 'Add blocks of the participants.'),
      ),
    );
  if (sites.length > MAX_BLOCKS)
    findings.push(
      error(
        'template.size',
        'phases',
        text(`共 ${sites.length} 个区块，最多 ${MAX_BLOCKS} 个。`, `${sites.length} blocks; at most ${MAX_BLOCKS}.`),
        text('用重复区块，或拆成几个模板。', 'Use repeats, or split the template.'),
      ),
    );
  const deep = sites.find((site) => {
    let depth = 0;
    for (let at = site.parent; at; at = at.parent) depth += 1;
    return depth > MAX_NESTING;
  });
  if (deep)
    findings.push(
      error(
        'template.nesting',
        deep.path,
        text(`嵌套超过 ${MAX_NESTING} 层。`, `Nested deeper than ${MAX_NESTING} levels.`),
        text('把里面的步骤移出来。', 'Move the inner blocks out.'),
      ),
    );
  return findings;
};

/** Names that people can read, in both languages. */
export const names: Rule = ({ template, sites }) => {
  const named: [string, Text][] = [
    ['name', template.name],
    ...Object.entries(template.roles).map(([key, role]): [string, Text] => [`roles.${key}.name`, role.name]),
    ...Object.entries(template.categories).map(([key, one]): [string, Text] => [`categories.${key}.name`, one.name]),
    ...sites.map(({ block, path }): [string, Text] => [`${path}.name`, block.name]),
  ];
  return named.flatMap(([path, name]) =>
    (['zh', 'en'] as const)
      .filter((language) => name[language].trim() === '')
      .map((language) =>
        error(
          'name.blank',
          `${path}.${language}`,
          text('名称是空白的。', 'The name is blank.'),
          text('填写名称。', 'Give a name.'),
        ),
      ),
  );
};
