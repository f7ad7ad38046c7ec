import { sitesOf } from '../../model.ts';
import { checkFeel } from '../feel.ts';
import { error, type Finding, text } from '../finding.ts';
import { scopeAt } from '../known.ts';
import type { Rule } from './rule.ts';

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** `{{name}}` in a message names a value or fact that is known then. */
export const messages: Rule = (model) =>
  sitesOf(model, 'notify').flatMap((site) =>
    (['subject', 'body'] as const).flatMap((part) =>
      (['zh', 'en'] as const).flatMap((language) =>
        [...site.block[part][language].matchAll(PLACEHOLDER)].flatMap(([, inside = '']): Finding[] => {
          const name = inside.trim();
          const plain = /^[A-Za-z][\w]*(\.[A-Za-z]\w*)*$/.test(name);
          if (plain && checkFeel(name, scopeAt(model, site)).problems.length === 0) return [];
          return [
            error(
              'notify.name',
              `${site.path}.${part}.${language}`,
              text(`“{{${name}}}”在这里没有值。`, `"{{${name}}}" has no value here.`),
              text(
                '写字段名、计算值，或 participant.name、period.year。',
                'Name a field, a computed value, participant.name or period.year.',
              ),
            ),
          ];
        }),
      ),
    ),
  );
