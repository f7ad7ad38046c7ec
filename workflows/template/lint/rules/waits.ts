import { sitesOf } from '../../model.ts';
import { error, text } from '../finding.ts';
import type { Rule } from './rule.ts';

/** A wait ends by a day or by a message. */
export const waits: Rule = (model) =>
  sitesOf(model, 'wait')
    .filter(({ block }) => block.until === undefined && block.message === undefined)
    .map(({ path }) =>
      error(
        'wait.endless',
        path,
        text('既没有日期也没有消息，永远等下去。', 'Waits for neither a day nor a message: for ever.'),
        text('加上 until 或 message。', 'Add until or message.'),
      ),
    );
