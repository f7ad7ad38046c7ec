import type { z } from 'zod';
import type * as account from '../../admin/src/account/types.ts';
import type * as afterwards from '../../admin/src/afterwards/types.ts';
import type * as api from '../../admin/src/api/types.ts';
import type * as audit from '../../admin/src/audit/api.ts';
import type * as ballots from '../../admin/src/ballots/types.ts';
import type * as found from '../../admin/src/found/types.ts';
import type * as indicators from '../../admin/src/indicators/types.ts';
import type * as ledger from '../../admin/src/ledger/types.ts';
import type * as lights from '../../admin/src/lights/api.ts';
import type * as operations from '../../admin/src/operations/api.ts';
import type * as opinions from '../../admin/src/opinions/types.ts';
import type { Survey } from '../../admin/src/public/survey.ts';
import type * as open from '../../admin/src/public/types.ts';
import type * as rectify from '../../admin/src/rectify/types.ts';
import type * as reports from '../../admin/src/reports/api.ts';
import type * as results from '../../admin/src/results/api.ts';
import type * as rounds from '../../admin/src/rounds/types.ts';
import type { Offers } from '../../admin/src/session/useOffers.ts';
import type * as supervision from '../../admin/src/supervision/types.ts';
import type { Migration } from '../../admin/src/templates/designer/MigrationPage.tsx';
import type * as tokens from '../../admin/src/tokens/types.ts';
import type * as unit from '../../admin/src/unit/api.ts';
import type { accountSchema } from '../../server/accounts/schema.ts';
import type * as adjustments from '../../server/adjustments/schema.ts';
import type * as trail from '../../server/audit/schema.ts';
import type * as auth from '../../server/auth/schema.ts';
import type * as sheets from '../../server/ballots/schema.ts';
import type { burdenSchema } from '../../server/burden/routes.ts';
import type { calendarSchema, redatedSchema } from '../../server/calendar/schema.ts';
import type * as cases from '../../server/cases/schema.ts';
import type * as complaints from '../../server/complaints/schema.ts';
import type { migrationSchema } from '../../server/cycles/migration.ts';
import type * as cycles from '../../server/cycles/schema.ts';
import type { delegationSchema } from '../../server/delegations/schema.ts';
import type { goalSchema, opinionSchema } from '../../server/findings/opinionSchema.ts';
import type * as findings from '../../server/findings/schema.ts';
import type { importResult } from '../../server/http/csvImport.ts';
import type { refSchema } from '../../server/http/schema.ts';
import type { incidentSchema } from '../../server/incidents/routes.ts';
import type * as values from '../../server/indicators/schema.ts';
import type { letterSchema } from '../../server/letters/routes.ts';
import type { flagSchema, heatmapSchema, outlookSchema } from '../../server/lights/routes.ts';
import type { noticeSchema } from '../../server/notices/routes.ts';
import type * as observations from '../../server/observations/schema.ts';
import type * as works from '../../server/operations/schema.ts';
import type { orgSchema } from '../../server/orgs/schema.ts';
import type { givenLinkSchema } from '../../server/passwordLinks/schema.ts';
import type { personSchema } from '../../server/people/schema.ts';
import type * as publicity from '../../server/public/schema.ts';
import type { itemDetailSchema, itemSchema } from '../../server/rectification/schema.ts';
import type { reportSchema } from '../../server/reports/routes.ts';
import type * as outcomes from '../../server/results/schema.ts';
import type { runSchema } from '../../server/scoring/schema.ts';
import type { factorSchema } from '../../server/secondFactor/schema.ts';
import type { surveySchema } from '../../server/surveys/schema.ts';
import type * as talk from '../../server/talk/schema.ts';
import type * as tasks from '../../server/tasks/schema.ts';
import type * as templates from '../../server/templates/schema.ts';
import type { tokenSchema } from '../../server/tokens/schema.ts';
import type { ownUnitSchema } from '../../server/unit/routes.ts';
import type { ladderOrder, sheetsSchema, warningDetail, warningSchema } from '../../server/warnings/routes.ts';

/** A thing as it arrives: JSON leaves out what is undefined. */
type Arrived<T> = unknown extends T
  ? api.Json
  : T extends api.CycleTemplate | api.Field
    ? T
    : T extends readonly (infer Item)[]
      ? Arrived<Item>[]
      : T extends object
        ? { [Key in keyof T]: Arrived<Exclude<T[Key], undefined>> }
        : T;

/** What the API answers with a schema. */
type Sent<Schema extends z.ZodType> = Arrived<z.output<Schema>>;

/** What the console reads; does not compile where the API gives something else. */
type Reads<Wanted, Given extends Wanted> = [Wanted, Given];

/**
 * What the console believes of the API's answers, beside the schemas that the server checks them with. The console takes nothing from
 * the server; `npm run typecheck` compares the two.
 */
export type Contract = [
  Reads<api.Ref, Sent<typeof refSchema>>,
  Reads<api.Me, Sent<typeof auth.meSchema>>,
  Reads<api.Preferences, Sent<typeof auth.preferencesSchema>>,
  Reads<api.DemoAccounts, Sent<typeof auth.demoAccountsSchema>>,
  Reads<api.Task, Sent<typeof tasks.taskSchema>>,
  Reads<api.TaskDetail, Sent<typeof tasks.taskDetailSchema>>,
  Reads<api.TaskCounts, Sent<typeof tasks.countsSchema>>,
  Reads<api.Evidence, Sent<typeof tasks.evidenceSchema>>,
  Reads<api.Acted, Sent<typeof tasks.actResult>>,
  Reads<api.BatchResult, Sent<typeof tasks.batchResult>>,
  Reads<api.TalkComment, Sent<typeof talk.commentSchema>>,
  Reads<api.Copy, Sent<typeof talk.copySchema>>,
  Reads<api.Phrase, Sent<typeof talk.phraseSchema>>,
  Reads<api.Delegation, Sent<typeof delegationSchema>>,
  Reads<api.Case, Sent<typeof cases.caseSchema>>,
  Reads<api.CaseRow, Sent<typeof cases.caseRowSchema>>,
  Reads<{ items: api.TimelineItem[] }, Sent<typeof cases.timelineSchema>>,
  Reads<api.Flow, Sent<typeof cases.flowSchema>>,
  Reads<api.Forecast, Sent<typeof cases.forecastSchema>>,
  Reads<api.Cycle, Sent<typeof cycles.cycleSchema>>,
  Reads<api.LaunchCheck, Sent<typeof cycles.launchCheckSchema>>,
  Reads<api.Dashboard, Sent<typeof cycles.dashboardSchema>>,
  Reads<api.TemplateRow, Sent<typeof templates.templateRowSchema>>,
  Reads<Omit<api.TemplateVersion, 'content'>, Sent<typeof templates.templateVersionSchema>>,
  Reads<api.Finding, Sent<typeof templates.findingSchema>>,
  Reads<api.OrgUnit, Sent<typeof orgSchema>>,
  Reads<api.Person, Sent<typeof personSchema>>,
  Reads<api.Incident, Sent<typeof incidentSchema>>,
  Reads<api.Notice, Sent<typeof noticeSchema>>,
  Reads<api.Calendar, Sent<typeof calendarSchema>>,
  Reads<api.Redated, Sent<typeof redatedSchema>>,
  Reads<api.ImportReport, Sent<typeof importResult>>,
  Reads<account.OpenSession, Sent<typeof auth.sessionSchema>>,
  Reads<account.Factor, Sent<typeof factorSchema>>,
  Reads<account.Account, Sent<typeof accountSchema>>,
  Reads<account.GivenLink, Sent<typeof givenLinkSchema>>,
  Reads<afterwards.Appeals, Sent<typeof outcomes.appealsSchema>>,
  Reads<afterwards.Interviews, Sent<typeof outcomes.interviewsSchema>>,
  Reads<afterwards.LetterRow, Sent<typeof letterSchema>>,
  Reads<ballots.BallotSheetRow, Sent<typeof sheets.sheetRowSchema>>,
  Reads<ballots.BallotSheet, Sent<typeof sheets.sheetSchema>>,
  Reads<rounds.Round, Sent<typeof sheets.roundSchema>>,
  Reads<{ items: rounds.Pending[] }, Sent<typeof sheets.pendingSchema>>,
  Reads<{ items: rounds.RoundStats[] }, Sent<typeof sheets.statsSchema>>,
  Reads<found.Finding, Sent<typeof findings.findingSchema>>,
  Reads<found.Inspection, Sent<typeof findings.inspectionSchema>>,
  Reads<found.Point, Sent<typeof observations.pointSchema>>,
  Reads<found.Observation, Sent<typeof observations.observationSchema>>,
  Reads<found.Complaint, Sent<typeof complaints.complaintSchema>>,
  Reads<found.Trace, Sent<typeof complaints.traceSchema>>,
  Reads<indicators.Indicator, Sent<typeof values.assignedIndicator>>,
  Reads<indicators.IndicatorDetail, Sent<typeof values.assignedDetail>>,
  Reads<indicators.Value, Sent<typeof values.valueRow>>,
  Reads<{ items: indicators.Change[] }, Sent<typeof values.changesPage>>,
  Reads<indicators.BenchmarkView, Sent<typeof values.benchmarkView>>,
  Reads<supervision.Warning, Sent<typeof warningSchema>>,
  Reads<supervision.WarningDetail, Sent<typeof warningDetail>>,
  Reads<supervision.Sheets, Sent<typeof sheetsSchema>>,
  Reads<supervision.LadderOrder, Sent<typeof ladderOrder>>,
  Reads<supervision.Flag, Sent<typeof flagSchema>>,
  Reads<ledger.Entry, Sent<typeof adjustments.adjustmentSchema>>,
  Reads<ledger.EntryDetail, Sent<typeof adjustments.adjustmentDetail>>,
  Reads<ledger.Scheme, Sent<typeof adjustments.schemeSchema>>,
  Reads<ledger.Totals, Sent<typeof adjustments.totalsSchema>>,
  Reads<opinions.Opinion, Sent<typeof opinionSchema>>,
  Reads<opinions.Goal, Sent<typeof goalSchema>>,
  Reads<rectify.Item, Sent<typeof itemSchema>>,
  Reads<rectify.ItemLine, Sent<typeof itemDetailSchema>>,
  Reads<open.PublicRow, Sent<typeof publicity.publicRowSchema>>,
  Reads<open.PublicCycle, Sent<typeof publicity.publicCycleSchema>>,
  Reads<tokens.Token, Sent<typeof tokenSchema>>,
  Reads<audit.AuditRow, Sent<typeof trail.auditRowSchema>>,
  Reads<audit.AuditState, Sent<typeof trail.auditStateSchema>>,
  Reads<audit.Verification, Sent<typeof trail.verificationSchema>>,
  Reads<operations.Handling, Sent<typeof works.handlingSchema>>,
  Reads<operations.Operations, Sent<typeof works.operationsSchema>>,
  Reads<lights.Heatmap, Sent<typeof heatmapSchema>>,
  Reads<lights.Outlook, Sent<typeof outlookSchema>>,
  Reads<Omit<reports.Report, 'parts'>, Sent<typeof reportSchema>>,
  Reads<results.Results, Sent<typeof outcomes.resultsSchema>>,
  Reads<results.Years, Sent<typeof outcomes.yearsSchema>>,
  Reads<results.WhatIf, Sent<typeof outcomes.whatIfSchema>>,
  Reads<results.Decisions, Sent<typeof outcomes.decisionsSchema>>,
  Reads<results.ScoreRun, Sent<typeof runSchema>>,
  Reads<unit.OwnUnit, Sent<typeof ownUnitSchema>>,
  Reads<unit.Burden, Sent<typeof burdenSchema>>,
  Reads<Survey, Sent<typeof surveySchema>>,
  Reads<Offers, Sent<typeof auth.signInOffersSchema>>,
  Reads<Migration, Sent<typeof migrationSchema>>,
];
