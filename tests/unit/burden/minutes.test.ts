import { expect, test } from 'vitest';
import { askedBy, SECONDS } from '../../../workflows/burden/minutes.ts';
import { hongkongKpi } from '../../../workflows/library/hongkong-kpi.ts';
import { zjgDistricts } from '../../../workflows/library/zjg-districts.ts';

test('a table of what is due asks for what the unit fills in, once for each indicator that is due', () => {
  const report = askedBy(zjgDistricts).find(({ block }) => block === 'report');
  expect(report?.due).toEqual({ fields: 1, seconds: SECONDS.decimal, owned: false });
  const owner = askedBy(hongkongKpi).find(({ block }) => block === 'ownerReport');
  expect(owner?.due).toEqual({ fields: 1, seconds: SECONDS.decimal, owned: true });
});
