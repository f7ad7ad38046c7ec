import { evaluateFeel } from '../../feel.ts';
import { type Model, type Site, sitesOf } from '../../model.ts';
import { checkFeel } from '../feel.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import { scopeAt } from '../known.ts';
import type { Rule } from './rule.ts';

/** The value of a condition that depends on nothing; undefined when it depends on something or is wrong in itself. */
function constant(model: Model, site: Site, source: string): boolean | undefined {
  const { problems, uses } = checkFeel(source, scopeAt(model, site));
  if (problems.length > 0 || uses.size > 0) return undefined;
  try {
    return evaluateFeel(source, {}) === true;
  } catch {
    return undefined;
  }
}

/** Paths that no case ever takes. */
export const branches: Rule = (model) =>
  sitesOf(model, 'branch').flatMap((site): Finding[] => {
    const { block, path } = site;
    const values = block.paths.map((one) => constant(model, site, one.if));
    const always = values.indexOf(true);
    const findings = block.paths.flatMap((one, i): Finding[] => {
      const at = `${path}.paths[${i}]`;
      if (values[i] === false) return [never(`${at}.if`)];
      if (always >= 0 && i > always) return [never(at)];
      const same = block.paths.slice(0, i).some((other) => other.if.replace(/\s+/g, '') === one.if.replace(/\s+/g, ''));
      return same ? [never(at)] : [];
    });
    if (always >= 0 && block.otherwise.blocks.length > 0) findings.push(never(`${path}.otherwise`));
    if (site.paths.every(({ sites }) => sites.length === 0))
      findings.push(
        warning(
          'branch.empty',
          path,
          text('每条分支都是空的。', 'Nothing happens on any path.'),
          text('删除这个分支，或加上步骤。', 'Remove the branch, or fill a path.'),
        ),
      );
    return findings;
  });

const never = (path: string): Finding =>
  error(
    'reach.never',
    path,
    text('永远走不到这里。', 'No case ever comes here.'),
    text(
      '改正条件：常量条件，或前面的条件已包含它。',
      'Correct the condition: it is constant, or an earlier one takes its cases.',
    ),
  );

/** Gates that nobody passes, or everybody. */
export const gates: Rule = (model) =>
  sitesOf(model, 'gate').flatMap((site) =>
    site.block.requires.flatMap(({ if: source }, i): Finding[] => {
      const path = `${site.path}.requires[${i}].if`;
      const value = constant(model, site, source);
      if (value === false)
        return [
          error(
            'gate.closed',
            path,
            text(
              '这个条件永远不成立，没有人能通过，后面的步骤走不到。',
              'This never holds: nobody passes, and no case comes to the blocks behind.',
            ),
            text('改正条件。', 'Correct the condition.'),
          ),
        ];
      if (value === true)
        return [
          warning(
            'gate.open',
            path,
            text('这个条件总是成立，不起作用。', 'This always holds and does nothing.'),
            text('改正或删除条件。', 'Correct the condition or remove it.'),
          ),
        ];
      return [];
    }),
  );
