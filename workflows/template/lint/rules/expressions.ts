import type { Model, Site } from '../../model.ts';
import { checkFeel, type FeelProblem, mayBeTrue } from '../feel.ts';
import { feelFinding } from '../feelFinding.ts';
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

const findingOf = (model: Model, site: Site, problem: FeelProblem, path: string): Finding =>
  problem.id === 'name' ? nameFinding(model, site, problem.what, path) : feelFinding(problem, path);

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
