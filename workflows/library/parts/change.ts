import type { IndicatorsSection } from '../../indicators/schema.ts';
import { says } from './fields.ts';

type Change = NonNullable<IndicatorsSection['change']>;

/** For what targets may change: the reasons of 杭州市绩效管理条例, an example elsewhere; 张家界's own rules name the same three. */
export const targetChange = (more: Pick<Change, 'from' | 'until'> = {}): Change => ({
  reasons: [
    { value: 'policy', name: says('政策变化', 'Change of policy') },
    { value: 'reorganisation', name: says('机构改革', 'Reorganisation') },
    { value: 'forceMajeure', name: says('不可抗力', 'Force majeure') },
  ],
  ...more,
});
