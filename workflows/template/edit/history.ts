/** What was, is, and was taken back. Never changed in place. */
export interface History<State> {
  past: readonly State[];
  present: State;
  future: readonly State[];
  /** What the last edit was about and when: edits of one thing at one go are taken back together. */
  mark: { about: string; at: number } | null;
}

const TOGETHER_MS = 1200;
const MOST = 300;

export const historyOf = <State>(present: State): History<State> => ({ past: [], present, future: [], mark: null });

/** A new state. `about`: what the edit changes; edits of the same within a moment become one. */
export function record<State>(
  history: History<State>,
  present: State,
  { about, at }: { about?: string; at: number },
): History<State> {
  if (present === history.present) return history;
  const { mark, past } = history;
  const joins = about !== undefined && mark?.about === about && at - mark.at <= TOGETHER_MS && past.length > 0;
  return {
    past: joins ? past : [...past.slice(-MOST + 1), history.present],
    present,
    future: [],
    mark: about === undefined ? null : { about, at },
  };
}

export function undo<State>(history: History<State>): History<State> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past.at(-1) as State, future: [present, ...future], mark: null };
}

export function redo<State>(history: History<State>): History<State> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future[0] as State, future: future.slice(1), mark: null };
}
