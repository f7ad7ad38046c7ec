import type { Model, Site } from '../../model.ts';
import { checkFeel, type FeelProblem, MAX_FEEL, mayBeTrue } from '../feel.ts';
import { error, type Finding, text } from '../finding.ts';
import { scopeAt } from '../known.ts';
import type { Rule } from './rule.ts';
import { isNamed } from './shows.ts';

/** An expression of a template: where, and whether it must be true or false. */
export interface Expression {
  site: Site;
  source: string;
  path: string;
  condition: boolean;
}

/** Every FEEL expression of a template. */
export function expressionsOf(model: Model): Expression[] {
  return model.sites.flatMap((site): Expression[] => {
    const { block, path } = site;
    if (block.type === 'branch')
      return block.paths.map((one, i) => ({ site, source: one.if, path: `${path}.paths[${i}].if`, condition: true }));
    if (block.type === 'gate')
      return block.requires.map((one, i) => ({
        site,
        source: one.if,
        path: `${path}.requires[${i}].if`,
        condition: true,
      }));
    if (block.type === 'compute' && block.rule.kind === 'feel')
      return [{ site, source: block.rule.expression, path: `${path}.rule.expression`, condition: false }];
    return [];
  });
}

/** Expressions parse, name what is known where they stand, and can come out as they must. */
export const expressions: Rule = (model) =>
  expressionsOf(model).flatMap(({ site, source, path, condition }): Finding[] => {
    const { problems, type } = checkFeel(source, scopeAt(model, site));
    const findings = problems.map((problem) => findingOf(model, site, problem, path));
    if (findings.length === 0 && condition && !mayBeTrue(type)) findings.push(notBoolean(path));
    return findings;
  });

const notBoolean = (path: string): Finding =>
  error(
    'feel.notBoolean',
    path,
    text('条件不是“是/否”，永远不成立。', 'The condition is not true or false, so it never holds.'),
    text('写成比较，如 progress < 80。', 'Compare, as in progress < 80.'),
  );

function findingOf(model: Model, site: Site, { id, what }: FeelProblem, path: string): Finding {
  switch (id) {
    case 'tooLong':
      return error(
        'feel.tooLong',
        path,
        text(
          `表达式有 ${what} 个字符，最多 ${MAX_FEEL} 个。`,
          `The expression has ${what} characters; at most ${MAX_FEEL}.`,
        ),
        text('拆成几个计算区块。', 'Split it into several compute blocks.'),
      );
    case 'syntax':
      return error(
        'feel.syntax',
        path,
        text(`第 ${what} 个字符处读不懂。`, `Cannot be read at character ${what}.`),
        text(
          '按 FEEL 语法改正，如 score >= 60 and count(rows) > 0。',
          'Correct it by FEEL, as in score >= 60 and count(rows) > 0.',
        ),
      );
    case 'name':
      return nameFinding(model, site, what, path);
    case 'entry':
      return error(
        'feel.entry',
        path,
        text(`没有“${what}”这一项。`, `There is no "${what}" in it.`),
        text(
          '检查表的列名或参评单位、周期的属性。',
          'Check the columns of the table, or the properties of participant, period or item.',
        ),
      );
    case 'function':
      return error(
        'feel.function',
        path,
        text(`没有函数“${what}”。`, `There is no function "${what}".`),
        text('只能用 FEEL 的内置函数。', 'Use the functions of FEEL.'),
      );
    case 'forbidden':
      return error(
        'feel.forbidden',
        path,
        text(`模板里不能用“${what}”。`, `"${what}" may not be used in a template.`),
        text(
          '流程不看时钟：日期用期限或等待区块；文字用 contains、starts with。',
          'A case reads no clock: use deadlines or waits for dates; contains and starts with for text.',
        ),
      );
    case 'range':
      return error(
        'feel.range',
        path,
        text(`不能对数字范围“${what}”循环。`, `A loop over the range "${what}" is not allowed.`),
        text('对表的行循环。', 'Loop over the rows of a table.'),
      );
    case 'types':
      return error(
        'feel.types',
        path,
        text(
          `“${what}”两边的类型不同，永远不成立。`,
          `"${what}" puts values of different types together; it never holds.`,
        ),
        text(
          '数字与数字比，文字与文字比；日期字段先写成 date(字段)。',
          'Compare numbers with numbers, text with text; write date(field) for a date.',
        ),
      );
    case 'option':
      return error(
        'feel.option',
        path,
        text(`“${what}”不是可选的值，永远不相等。`, `"${what}" is none of the options, so it is never equal.`),
        text('用选项的 value。', 'Use the value of an option.'),
      );
  }
}

function nameFinding(model: Model, site: Site, name: string, path: string): Finding {
  if (site.cycle && (name === 'participant' || name === 'sections'))
    return error(
      'cycle.participant',
      path,
      text('全周期的区块没有参评单位。', 'A block of the whole cycle has no participant.'),
      text('放到按参评单位办理的区块里。', 'Move it among the blocks of the participants.'),
    );
  if (name === 'item')
    return error(
      'feel.item',
      path,
      text('只有在重复区块里才有 item。', 'Only inside a repeat is there an item.'),
      text('移进重复区块。', 'Move it into a repeat.'),
    );
  if (isNamed(model, name))
    return error(
      'name.later',
      path,
      text(
        `“${name}”到这一步还没有产生，或属于别的流程、并行的别的分支。`,
        `"${name}" does not exist yet at this block, or belongs to another case or branch.`,
      ),
      text('移到产生它的步骤之后。', 'Move it after the block that gives the value.'),
    );
  return error(
    'name.unknown',
    path,
    text(`没有名为“${name}”的字段、计算值或事实。`, `There is no field, computed value or fact "${name}".`),
    text('改正名称；文字要加引号。', 'Correct the name; put text into quotes.'),
  );
}
