import { z } from 'zod';
import { FINDING_SEVERITIES } from '../../workflows/adjustments/schema.ts';
import { newAdjustmentBody } from '../adjustments/schema.ts';
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
import { FINDING_SOURCES } from './record.ts';

export const findingStateSchema = z.enum(['open', 'rectifying', 'closed']);
export const severitySchema = z.enum(FINDING_SEVERITIES).meta({ description: 'minor 一般, major 较重, critical 严重' });
/** The code of an indicator, as its library or its template has it. */
export const indicatorCode = codeSchema;

/** What somebody writes of a finding; where it comes from follows from the route. */
export const findingText = {
  indicator: indicatorCode.optional(),
  severity: severitySchema,
  what: longText(2000),
  advice: longText(2000).optional(),
};

/** The deduction that whoever records a finding asks for with it. */
export const proposeField = newAdjustmentBody
  .pick({ item: true, points: true })
  .optional()
  .meta({ description: 'enters a deduction of that item in the ledger, to be approved; once for what was found' });

export const foundBody = z.strictObject({ ...findingText, propose: proposeField });
export const findingBody = z.strictObject({
  cycleId: idSchema,
  orgId: idSchema,
  ...findingText,
  propose: proposeField,
});

export const inspectionBody = z.strictObject({
  cycleId: idSchema,
  orgId: idSchema,
  title: lineText(200),
  day: daySchema,
  inspectors: lineText(500),
  findings: z.array(z.strictObject(findingText)).max(200).default([]),
});

export const closeBody = z.strictObject({ reason: longText(2000) });

export const fileSchema = named(
  'FindingFile',
  z.object({
    id: idSchema,
    name: z.string(),
    mime: z.string(),
    size: z.int(),
    sha256: z.string(),
    at: instantSchema,
    uploadedBy: refSchema,
  }),
);

export const findingSchema = named(
  'Finding',
  z.object({
    id: idSchema,
    code: z.string().meta({ description: 'under which it stands in plans: F1, F2 …' }),
    cycle: refSchema,
    org: refSchema,
    source: z.enum(FINDING_SOURCES),
    sourceId: idSchema.optional(),
    indicator: z.string().optional(),
    severity: severitySchema,
    what: z.string(),
    advice: z.string().optional(),
    state: findingStateSchema,
    foundBy: refSchema,
    foundAt: instantSchema,
    closedAt: instantSchema.optional(),
    closedBy: refSchema.optional(),
    closeReason: z.string().optional(),
    item: z.object({ id: idSchema, state: z.string() }).optional(),
    files: z.array(fileSchema),
    can: canSchema,
  }),
);
export type FindingView = z.infer<typeof findingSchema>;
export const findingPage = pageOf(findingSchema);

export const findingQuery = z.strictObject({
  ...pageQuery,
  cycleId: idSchema.optional(),
  orgId: idSchema.optional(),
  state: findingStateSchema.optional(),
  source: z.enum(FINDING_SOURCES).optional(),
  severity: severitySchema.optional(),
  indicator: indicatorCode.optional(),
});

export const inspectionSchema = named(
  'Inspection',
  z.object({
    id: idSchema,
    cycle: refSchema,
    org: refSchema,
    title: z.string(),
    day: daySchema,
    inspectors: z.string(),
    madeBy: refSchema,
    at: instantSchema,
    findings: z.object({ open: z.int(), rectifying: z.int(), closed: z.int() }),
    can: canSchema,
  }),
);
export type InspectionView = z.infer<typeof inspectionSchema>;
export const inspectionPage = pageOf(inspectionSchema);
export const inspectionQuery = z.strictObject({
  ...pageQuery,
  cycleId: idSchema.optional(),
  orgId: idSchema.optional(),
});
