import type { OrgUnit } from '../api/types.ts';

const FIELDS = [
  'code',
  'name',
  'nameEn',
  'kind',
  'category',
  'parentId',
  'headId',
  'monitoringUnitId',
  'dayEnd',
  'active',
] as const;

/** A unit as its form edits it: links by id. */
export const formOf = (org: OrgUnit) => ({
  ...org,
  parentId: org.parent?.id ?? null,
  headId: org.head?.id ?? null,
  monitoringUnitId: org.monitoringUnit?.id ?? null,
});

/** What the API takes: the fields of a unit, with nothing (`null`) where one was emptied. */
export function orgBody(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    FIELDS.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key] === '' ? null : values[key]]])),
  );
}

/** Only what differs, so that two people may change different things. */
export function changed(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => JSON.stringify(value ?? null) !== JSON.stringify(before[key] ?? null),
    ),
  );
}
