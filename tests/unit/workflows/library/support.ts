import type { JsonObject } from '../../../../workflows/json.ts';
import type { CycleTemplate } from '../../../../workflows/template/schema.ts';
import type { walk } from '../../../support/steps.ts';

type Walk = ReturnType<typeof walk>;

/** A section that the template must have. */
export function section<Name extends keyof CycleTemplate>(
  template: CycleTemplate,
  name: Name,
): NonNullable<CycleTemplate[Name]> {
  const found = template[name];
  if (found === undefined) throw new Error(`${template.key} has no ${name}`);
  return found;
}

/** The meeting that the case waits for is over, and has given these values. */
export function passMeeting(at: Walk, data: JsonObject = {}): Walk {
  const [block = ''] = at.live;
  return at.send({ type: 'passed', block, data });
}
