import { valuesReadBy } from '../../../scoring/reads.ts';
import { between, earlierTargets, isHuman, type Model, type Site, type SiteOf, sitesOf } from '../../model.ts';
import { checkFeel } from '../feel.ts';
import { error, type Finding, text } from '../finding.ts';
import { below, passesItself, scopeAt } from '../known.ts';
import type { Rule } from './rule.ts';

/**
 * A gate that sends a case back must let somebody act before it looks again. Otherwise the case runs in a circle that
 * nothing stops: XState would hang, and timers of days that have passed would fire for ever.
 */
export const loops: Rule = (model) =>
  sitesOf(model, 'gate').flatMap((site): Finding[] => {
    const target = site.block.onFail === 'end' ? undefined : model.byKey.get(site.block.onFail);
    if (!target || !earlierTargets(model, site).includes(target)) return [];
    const passed = between(model, target, site);
    if (passed.some(surelyActs)) return unchanged(model, site, passed);
    return [
      error(
        'loop.endless',
        `${site.path}.onFail`,
        text(
          `从“${target.block.key}”回到这里没有人办理，会无休止地循环。`,
          `From "${target.block.key}" back to here nobody acts: the case would run in a circle for ever.`,
        ),
        text('退回到一个任务或审批，让人改正。', 'Send it back to a task or approval, where somebody can correct it.'),
      ),
    ];
  });

/** What nobody can change on the way back to the gate fails there again, for ever. */
function unchanged(model: Model, site: SiteOf<'gate'>, passed: readonly Site[]): Finding[] {
  const changed = changedBy(model, passed);
  return site.block.requires.flatMap(({ if: source }, i): Finding[] => {
    const { problems, uses } = checkFeel(source, scopeAt(model, site));
    if (problems.length > 0 || uses.size === 0 || [...uses].some((name) => changed.has(name))) return [];
    return [
      error(
        'loop.unchanged',
        `${site.path}.requires[${i}].if`,
        text(
          '退回之后没有人能改变这个条件，会一直不成立。',
          'Nothing on the way back to here changes what this asks: once it fails, it fails for ever.',
        ),
        text('退回到填写这些值的步骤。', 'Send the case back to the block where these values are filled in.'),
      ),
    ];
  });
}

/** The values that can be others after these blocks: what people fill in, and what is computed from it. */
function changedBy(model: Model, passed: readonly Site[]): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const site of passed.flatMap(below).toSorted((a, b) => a.order - b.order)) {
    const { block } = site;
    if (isHuman(block)) for (const field of block.fields ?? []) changed.add(field.key);
    if (block.type === 'compute' && usesOf(model, site).some((name) => changed.has(name))) changed.add(block.into);
    if (block.type === 'repeat' && block.collect) changed.add(block.collect.into);
  }
  return changed;
}

function usesOf(model: Model, site: Site): string[] {
  if (site.block.type !== 'compute') return [];
  const { rule } = site.block;
  if (rule.kind === 'rule') return valuesReadBy(rule.rule);
  return rule.kind === 'feel' ? [...checkFeel(rule.expression, scopeAt(model, site)).uses] : [];
}

/** Whether somebody must act in a block, whatever the values. */
function surelyActs(site: Site): boolean {
  const { block, paths } = site;
  if (isHuman(block)) {
    const { deadline, auto } = block;
    // Passed because nobody was found, or because somebody had approved before, it is passed at once each time.
    if (auto && passesItself({ ...block, escalate: [] })) return false;
    // A block that passes at a fixed day passes at once when that day is over.
    return !passesItself(block) || (deadline !== undefined && 'from' in deadline && deadline.from === 'opened');
  }
  switch (block.type) {
    case 'wait':
      return block.until === undefined || ('from' in block.until && block.until.from === 'opened');
    case 'window':
    case 'ballots':
      return 'from' in block.until && block.until.from === 'opened';
    case 'branch':
      return paths.every(({ sites }) => sites.some(surelyActs));
    case 'parallel':
      return paths.some(({ sites }) => sites.some(surelyActs));
    case 'repeat':
      return (
        (block.over === 'months' || block.over === 'quarters') && paths.every(({ sites }) => sites.some(surelyActs))
      );
    default:
      return false;
  }
}
