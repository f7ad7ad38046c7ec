import { z } from 'zod';
import { findingText, indicatorCode } from '../findings/schema.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import {
  canSchema,
  codeSchema,
  daySchema,
  idSchema,
  instantSchema,
  lineText,
  longText,
  named,
  refSchema,
} from '../http/schema.ts';

export const pointBody = z.strictObject({
  code: codeSchema,
  name: lineText(200),
  place: lineText(200).optional(),
  orgId: idSchema,
  indicator: indicatorCode.optional(),
  observers: z.array(idSchema).max(100).default([]),
});
export const pointPatch = z.strictObject({
  name: lineText(200).optional(),
  active: z.boolean().optional(),
  observers: z.array(idSchema).max(100).optional(),
});
export const pointSchema = named(
  'ObservationPoint',
  z.object({
    id: idSchema,
    code: z.string(),
    name: z.string(),
    place: z.string().optional(),
    org: refSchema,
    indicator: z.string().optional(),
    active: z.boolean(),
    version: z.int(),
    observers: z.array(refSchema),
    observations: z.int(),
    can: canSchema,
  }),
);
export type PointView = z.infer<typeof pointSchema>;
export const pointPage = pageOf(pointSchema);
export const pointQuery = z.strictObject({ ...pageQuery, orgId: idSchema.optional() });

export const observationBody = z.strictObject({
  day: daySchema,
  value: z
    .string()
    .regex(/^-?\d{1,15}(\.\d{1,6})?$/, { message: 'a decimal, as text: "12.5"' })
    .optional(),
  remark: longText(2000),
});
export const observationSchema = named(
  'Observation',
  z.object({
    id: idSchema,
    day: daySchema,
    value: z.string().optional(),
    remark: z.string(),
    observer: refSchema,
    at: instantSchema,
  }),
);
export const observationPage = pageOf(observationSchema);
export const observationQuery = z.strictObject(pageQuery);
export const observedBody = z.strictObject({ cycleId: idSchema, ...findingText, what: findingText.what.optional() });
