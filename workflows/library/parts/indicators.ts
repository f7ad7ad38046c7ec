import type { Indicator } from '../../indicators/schema.ts';
import { says } from './fields.ts';

/** An indicator of a template in one line. */
export const indicator = (
  code: string,
  zh: string,
  en: string,
  unit: string,
  target: string | null,
  weight: string | null,
  rest: Partial<Omit<Indicator, 'code' | 'name' | 'unit' | 'target' | 'weight'>> = {},
): Indicator => ({
  code,
  name: says(zh, en),
  kind: 'common',
  unit,
  direction: 'up',
  frequency: 'quarter',
  ...(target !== null && { target }),
  ...(weight !== null && { weight }),
  ...rest,
});
