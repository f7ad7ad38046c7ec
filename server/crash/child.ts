import { makeOutput } from '../cli/output.ts';
import type { Applied, Engine, EngineOptions, Step } from '../engine/index.ts';
import { makeEngine } from '../engine/index.ts';
import { makeLogger } from '../http/logging.ts';
import { serve } from '../serve/start.ts';
import { readSettings } from '../settings/index.ts';
import { runWorkerNode } from '../worker/run.ts';
import type { Control } from './controls.ts';

/** A server or worker node as a process of its own: the real one, or with a mistake built in. */
const [role, control] = process.argv.slice(2) as ['server' | 'worker', Control | undefined];
const settings = readSettings();
const logger = makeLogger('silent');

function mistaken(options: EngineOptions): Engine {
  const engine = makeEngine(options);
  if (control === 'ackFirst')
    return {
      ...engine,
      apply: (step) => {
        void engine.apply(step).catch(() => undefined);
        return Promise.resolve(unseen(step));
      },
    };
  if (control === 'noKeys') return { ...engine, apply: ({ key: _key, ...step }) => engine.apply(step) };
  return engine;
}

const unseen = (step: Step): Applied => ({
  caseId: step.caseId,
  revision: 0,
  status: 'active',
  repeated: false,
  opened: [],
  closed: [],
});

if (role === 'server') {
  await serve({
    settings,
    logger,
    output: makeOutput({ json: true }),
    demo: false,
    worker: false,
    console: false,
    anyPort: false,
    engineOf: mistaken,
  });
} else {
  const never = Number.POSITIVE_INFINITY;
  await runWorkerNode({
    settings,
    logger,
    notice: () => undefined,
    ...(control === 'noReaper' && { pace: { reap: never, overdue: never, sweep: never } }),
  });
}
process.send?.('ready');
