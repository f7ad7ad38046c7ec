import { PHASES } from '../../schema.ts';
import { error, type Finding, text } from '../finding.ts';
import type { Rule } from './rule.ts';

const phases: ReadonlySet<string> = new Set(PHASES);

/** Every block has a key of its own: it becomes the state's id, of which XState silently keeps the last. */
export const blockKeys: Rule = ({ sites }) => {
  const first = new Map<string, string>();
  return sites.flatMap(({ block: { key }, path }): Finding[] => {
    const at = `${path}.key`;
    if (phases.has(key))
      return [
        error(
          'key.phase',
          at,
          text(`“${key}”是阶段的名称。`, `"${key}" is the name of a phase.`),
          text('给区块另起名称。', 'Give the block another key.'),
        ),
      ];
    if (key in Object.prototype) return [reserved(at, key)];
    const other = first.get(key);
    if (other !== undefined)
      return [
        error(
          'key.duplicate',
          at,
          text(`名称“${key}”已用于 ${other}。`, `The key "${key}" is already that of ${other}.`),
          text('每个区块用不同的名称。', 'Give each block a key of its own.'),
        ),
      ];
    first.set(key, path);
    return [];
  });
};

/** The lists of a block have different keys: they are states side by side. */
export const pathKeys: Rule = ({ sites }) =>
  sites.flatMap(({ paths }) =>
    paths.flatMap(({ key, path }, i): Finding[] => {
      const at = path.replace(/blocks$/, 'key');
      if (key in Object.prototype) return [reserved(at, key)];
      if (!paths.slice(0, i).some((other) => other.key === key)) return [];
      return [
        error(
          'key.duplicate',
          at,
          text(`同一区块里有两条分支叫“${key}”。`, `Two paths of this block have the key "${key}".`),
          text('给每条分支不同的名称。', 'Give each path a key of its own.'),
        ),
      ];
    }),
  );

/** Roles and categories. */
export const otherKeys: Rule = ({ template }) =>
  (['roles', 'categories'] as const).flatMap((part) =>
    Object.keys(template[part])
      .filter((key) => key in Object.prototype)
      .map((key) => reserved(`${part}.${key}`, key)),
  );

export const reserved = (path: string, key: string): Finding =>
  error(
    'key.reserved',
    path,
    text(`“${key}”是系统保留的名称。`, `"${key}" is a reserved name.`),
    text('换一个名称。', 'Choose another name.'),
  );
