/** What a window is for: everything (null), or templates (`plan`) and blocks of them (`plan/draft`). An empty list is nothing. */
export type Scope = readonly string[] | null;

/** 代理: within `[from, until)` `to` may act for `person`. */
export interface Delegation {
  person: string;
  to: string;
  from: Date;
  until: Date;
  scope: Scope;
}

/** Where a task stands, as scopes name it. */
export interface Work {
  template: string;
  block: string;
}

/** Somebody for whom one may act, in a scope. */
export interface Grant {
  person: string;
  scope: Scope;
}

/** Why a window is refused: a stable id of the problem catalogue. */
export type DelegationRefusal = 'delegation.self' | 'delegation.window' | 'delegation.overlap' | 'delegation.loop';

/** So many windows long may a chain of people be who stand in for one another. */
export const LONGEST_CHAIN = 5;

export const isOpen = ({ from, until }: Pick<Delegation, 'from' | 'until'>, at: Date): boolean =>
  from <= at && at < until;

export const covers = (scope: Scope, { template, block }: Work): boolean =>
  scope === null || scope.includes(template) || scope.includes(`${template}/${block}`);

/** What two scopes have in common. */
export function narrow(a: Scope, b: Scope): Scope {
  if (a === null || b === null) return a ?? b;
  const within = (other: readonly string[]) => (entry: string) =>
    other.includes(entry) || other.includes(entry.split('/')[0] as string);
  return [...new Set([...a.filter(within(b)), ...b.filter(within(a))])].sort();
}

const isNothing = (scope: Scope): boolean => scope?.length === 0;

/** Who may act for a person at an instant in a piece of work, nearest first: who stands in, and who stands in for them. */
export function standInsFor(delegations: readonly Delegation[], person: string, work: Work, at: Date): string[] {
  const open = delegations.filter((one) => isOpen(one, at) && covers(one.scope, work));
  const reached = new Set([person]);
  let last = [person];
  for (let depth = 0; depth < LONGEST_CHAIN && last.length > 0; depth += 1) {
    last = open.filter((one) => last.includes(one.person) && !reached.has(one.to)).map(({ to }) => to);
    for (const to of last) reached.add(to);
  }
  return [...reached].slice(1);
}

/** For whom somebody may act at an instant, and in what: the same chains from their other end. */
export function standsInFor(delegations: readonly Delegation[], to: string, at: Date): Grant[] {
  const open = delegations.filter((one) => isOpen(one, at));
  const grants = new Map<string, Grant>();
  let last: Grant[] = [{ person: to, scope: null }];
  for (let depth = 0; depth < LONGEST_CHAIN && last.length > 0; depth += 1) {
    const found = last.flatMap((grant) =>
      open
        .filter((one) => one.to === grant.person && one.person !== to)
        .map((one) => ({ person: one.person, scope: narrow(one.scope, grant.scope) })),
    );
    last = [];
    for (const grant of found) {
      const key = JSON.stringify(grant);
      if (isNothing(grant.scope) || grants.has(key)) continue;
      grants.set(key, grant);
      last.push(grant);
    }
  }
  return [...grants.values()];
}

/** Why a new window is refused beside those there are; null when it is not. */
export function refusalOfDelegation(
  existing: readonly Delegation[],
  wanted: Delegation,
  now: Date,
): DelegationRefusal | null {
  if (wanted.person === wanted.to) return 'delegation.self';
  if (wanted.until <= wanted.from || wanted.from < now) return 'delegation.window';
  // One piece of work has one stand-in at a time.
  if (existing.some((one) => one.person === wanted.person && together(one, wanted))) return 'delegation.overlap';
  return closesLoop(existing, wanted, [wanted.person]) ? 'delegation.loop' : null;
}

/** The part of a window that lies in another one, in what both are for; null when there is none. */
function together(one: Delegation, other: Delegation): Pick<Delegation, 'from' | 'until' | 'scope'> | null {
  const from = new Date(Math.max(one.from.getTime(), other.from.getTime()));
  const until = new Date(Math.min(one.until.getTime(), other.until.getTime()));
  const scope = narrow(one.scope, other.scope);
  return from < until && !isNothing(scope) ? { from, until, scope } : null;
}

/** Whether at some instant, in some work, a chain of windows would lead back to where it began. */
function closesLoop(existing: readonly Delegation[], last: Delegation, path: readonly string[]): boolean {
  return existing.some((one) => {
    const part = one.person === last.to ? together(one, last) : null;
    if (!part) return false;
    if (one.to === path[0]) return true;
    return !path.includes(one.to) && closesLoop(existing, { ...one, ...part }, [...path, last.to]);
  });
}
