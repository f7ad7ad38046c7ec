import { isGreen, lintTemplate } from '../../workflows/template/lint/index.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { FIRST_YEAR, lastYear } from '../calendar/range.ts';
import { ProblemError, problem, problemBody } from '../http/problem.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { readTemplate } from '../templates/read.ts';
import { versionParams } from '../templates/schema.ts';
import type { TrialJob } from './job.ts';
import { runTrial } from './run.ts';
import { type RehearseBody, rehearseBody, type SimulateBody, simulateBody } from './schema.ts';

const VERSION = '/templates/:key/versions/:version';

const SUMMARIES = {
  rehearse: {
    zh: '演练：在虚拟时间里触发每个提醒和督办（逐行返回进度，最后一行为结果）',
    en: 'rehearse: every reminder and rung fires in virtual time; lines of JSON: how far it is, and last the result',
  },
  simulate: {
    zh: '模拟：在虚拟时间里跑完一个周期（逐行返回进度，最后一行为结果）',
    en: 'simulate: a whole cycle in virtual time; lines of JSON: how far it is, and last the result',
  },
};

type Params = { key: string; version: number };

/** Tries a version out and tells on the way; what fails after the first line is the last one, as `problem`. */
const tell = async (
  {
    params,
    me,
    db,
    deps,
    body,
    request,
    response,
    language,
    requestId,
  }: Call<Params, unknown, RehearseBody & Partial<SimulateBody>>,
  kind: TrialJob['kind'],
): Promise<object> => {
  const { content } = await readTemplate(db, params.key, params.version, me);
  if (!isGreen(lintTemplate(content))) throw problem('template.red');
  const last = lastYear(deps.calendar().knownUntil);
  if (body.year < FIRST_YEAR || body.year > last)
    throw problem('calendar.outside', { date: body.year, from: FIRST_YEAR, to: last });
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  request.socket.setTimeout(0);
  const say = (line: object) => {
    if (!response.headersSent)
      response.writeHead(200, {
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      });
    if (!response.writableEnded) response.write(`${JSON.stringify(line)}\n`);
  };
  try {
    const job = { kind, template: content as CycleTemplate, year: body.year, cases: body.cases ?? 1 };
    const run = runTrial(deps.settings, job, { signal: gone.signal, onShare: (share) => say({ share }) });
    say({ result: await run });
  } catch (error) {
    if (gone.signal.aborted) return {};
    if (!response.headersSent || !(error instanceof ProblemError)) throw error;
    say({ problem: problemBody(error, language, requestId) });
  }
  response.end();
  return {};
};

const PROBLEMS = [
  'template.unknown',
  'template.red',
  'calendar.outside',
  'trial.busy',
  'trial.database',
  'trial.failed',
  'trial.tooLong',
] as const;
const STREAM = { status: 200, type: 'application/x-ndjson' };

export const trialRoutes: Route[] = [
  route({
    id: 'templates.rehearse',
    method: 'post',
    path: `${VERSION}/rehearse`,
    summary: SUMMARIES.rehearse,
    can: 'templates.write',
    change: 'none',
    input: { params: versionParams, body: rehearseBody },
    output: STREAM,
    problems: PROBLEMS,
    handler: (call) => tell(call, 'rehearse'),
  }),
  route({
    id: 'templates.simulate',
    method: 'post',
    path: `${VERSION}/simulate`,
    summary: SUMMARIES.simulate,
    can: 'templates.write',
    change: 'none',
    input: { params: versionParams, body: simulateBody },
    output: STREAM,
    problems: PROBLEMS,
    handler: (call) => tell(call, 'simulate'),
  }),
];
