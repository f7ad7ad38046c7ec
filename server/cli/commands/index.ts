import type { CommandModule } from '../command.ts';

/**
 * Every command by its first word. To add one: a file in this folder that exports a `CommandModule` as
 * `default`, and a line here.
 */
export const commands: Record<string, () => Promise<{ default: CommandModule }>> = {
  access: () => import('./access.ts'),
  audit: () => import('./audit.ts'),
  account: () => import('./account.ts'),
  backup: () => import('./backup.ts'),
  bench: () => import('./bench.ts'),
  crash: () => import('./crash.ts'),
  'crash-node': () => import('./crashNode.ts'),
  fuzz: () => import('./fuzz.ts'),
  grant: () => import('./grant.ts'),
  ldap: () => import('./ldap.ts'),
  migrate: () => import('./migrate.ts'),
  person: () => import('./person.ts'),
  prepare: () => import('./prepare.ts'),
  restore: () => import('./restore.ts'),
  score: () => import('./score.ts'),
  seed: () => import('./seed.ts'),
  serve: () => import('./serve.ts'),
  setup: () => import('./setup.ts'),
  simulate: () => import('./simulate.ts'),
  template: () => import('./template.ts'),
  trial: () => import('./trial.ts'),
  verify: () => import('./verify.ts'),
  worker: () => import('./worker.ts'),
};
