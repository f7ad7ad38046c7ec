import { makeOutput } from '../cli/output.ts';
import type { Applied, Engine, EngineOptions, Step } from '../engine/index.ts';
import { makeEngine } from '../engine/index.ts';
import { makeLogger } from '../http/logging.ts';
import { serve } from '../serve/start.ts';
import { services } from '../services.ts';
import { readSettings } from '../settings/index.ts';
import { runWorkerNode } from '../worker/run.ts';
import type { Control } from './controls.ts';

export type NodeRole = 'server' | 'worker';

/** Runs a server or worker node as this process: the real one, or with a mistake built in. Tells its parent when it is ready. */
export async function runCrashNode(role: NodeRole, control?: Control): Promise<void> {
  const settings = readSettings();
  const logger = makeLogger('silent');
  if (role === 'server') {
    await serve({
      settings,
      logger,
      output: makeOutput({ json: true }),
      demo: false,
      worker: false,
      console: false,
      anyPort: false,
      engineOf: (options) => mistaken(options, control),
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
}

function mistaken(options: EngineOptions, control?: Control): Engine {
  const engine = makeEngine({ ...options, services });
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
