import { evaluate } from 'feelin';
import { isHuman, type Site, sitesOf } from '../../model.ts';
import { error, type Finding, text } from '../finding.ts';
import { FUNCTION_NAMES } from '../functions.ts';
import { below, writtenBy } from '../known.ts';
import { reserved } from './keys.ts';
import type { Rule } from './rule.ts';

const FACTS = new Set(['participant', 'period', 'item', 'sections', 'partial']);

/** Words of FEEL's grammar, some of which its parser lets pass for names in some places. */
const KEYWORDS = new Set(
  'and between else every external false for function if in instance null of or return satisfies some then true'.split(
    ' ',
  ),
);

const known = new Map<string, boolean>();

/** Whether FEEL reads the name as a name. Asked of feelin once for each name, since that takes a millisecond. */
function isFeelName(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const answer = readsAsName(name);
  if (known.size >= 10_000) known.clear();
  known.set(name, answer);
  return answer;
}

function readsAsName(name: string): boolean {
  try {
    return evaluate(`${name} = 1 and 1 + ${name} = 2`, { [name]: 1 }).value === true;
  } catch {
    return false;
  }
}

/** Kinds of computing that give a decimal. */
const NUMERIC: ReadonlySet<string> = new Set(['rule', 'score', 'survey']);

interface Named {
  name: string;
  path: string;
  kind: string;
  /** A column: not a value of the case itself. */
  column?: boolean;
}

function namesOf({ block, path }: Site): Named[] {
  if (block.type === 'compute')
    return [{ name: block.into, path: `${path}.into`, kind: NUMERIC.has(block.rule.kind) ? 'decimal' : 'any' }];
  if (block.type === 'repeat')
    return block.collect ? [{ name: block.collect.into, path: `${path}.collect.into`, kind: 'collected' }] : [];
  if (!isHuman(block)) return [];
  return (block.fields ?? []).flatMap((field, i): Named[] => {
    const at = `${path}.fields[${i}]`;
    const columns = field.type === 'table' ? field.columns : [];
    return [
      { name: field.key, path: `${at}.key`, kind: field.type },
      ...columns.map(
        (column, j): Named => ({ name: column.key, path: `${at}.columns[${j}].key`, kind: column.type, column: true }),
      ),
    ];
  });
}

/** A value's name must be one in expressions, and hide neither a fact nor a function. */
export const feelNames: Rule = ({ sites }) =>
  sites.flatMap(namesOf).flatMap(({ name, path, column }): Finding[] => {
    if (name in Object.prototype) return [reserved(path, name)];
    if ((!column && FACTS.has(name)) || FUNCTION_NAMES.has(name) || KEYWORDS.has(name) || !isFeelName(name))
      return [
        error(
          'name.reserved',
          path,
          text(`“${name}”在表达式里另有含义。`, `"${name}" means something else in expressions.`),
          text('换一个字段名。', 'Choose another name.'),
        ),
      ];
    return [];
  });

/** One name, one kind of value: the last write wins, and a decimal is calculated with wherever it stands. */
export const nameKinds: Rule = ({ sites }) => {
  const first = new Map<string, Named>();
  return sites.flatMap(namesOf).flatMap((named): Finding[] => {
    const other = first.get(named.name);
    if (!other) {
      first.set(named.name, named);
      return [];
    }
    const sameKind = other.kind === named.kind || other.kind === 'any' || named.kind === 'any';
    const clash = (other.kind === 'decimal') !== (named.kind === 'decimal') || (!other.column && !named.column);
    if (sameKind || !clash) return [];
    return [
      error(
        'name.kind',
        named.path,
        text(
          `“${named.name}”在 ${other.path} 是另一种类型（${other.kind}）。`,
          `"${named.name}" is of another type (${other.kind}) at ${other.path}.`,
        ),
        text('类型不同的值用不同的名称。', 'Give values of different types different names.'),
      ),
    ];
  });
};

/** Two branches that run at once may not write the same value: which one stays would be chance. */
export const races: Rule = (model) =>
  sitesOf(model, 'parallel').flatMap((site) => {
    const writers = site.paths.map(({ sites }) =>
      sites
        .flatMap(below)
        .filter((inner) => inner.machine === site.machine)
        .flatMap((inner) => [...writtenBy(inner), ...collects(inner)].map((name) => ({ name, path: inner.path }))),
    );
    return writers.flatMap((names, i) =>
      names
        .filter(({ name }) => writers.slice(0, i).some((others) => others.some((other) => other.name === name)))
        .map(({ name, path }) =>
          error(
            'name.race',
            path,
            text(`并行的另一分支也写入“${name}”。`, `Another branch that runs at the same time writes "${name}", too.`),
            text(
              '每个分支写入不同的字段，之后再合并。',
              'Let each branch write a field of its own and combine them afterwards.',
            ),
          ),
        ),
    );
  });

const collects = ({ block }: Site): string[] => (block.type === 'repeat' && block.collect ? [block.collect.into] : []);
