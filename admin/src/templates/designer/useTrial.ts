import { useCallback, useEffect, useRef, useState } from 'react';
import { API, headersOf, spoken } from '../../api/http.ts';
import { offlineProblem, problemError, readProblem } from '../../api/problem.ts';

/** How a rehearsal or simulation stands. */
export type TrialState<Result> =
  | { state: 'none' | 'stopped' }
  | { state: 'running'; share: number }
  | { state: 'done'; result: Result }
  | { state: 'failed'; error: unknown };

/** Has a version tried out by the server, line by line: how far it is, then the result. Leaving the page stops it. */
export function useTrial<Result>(path: string, before: () => Promise<void>) {
  const [state, setState] = useState<TrialState<Result>>({ state: 'none' });
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const start = useCallback(
    async (body: object) => {
      const control = new AbortController();
      current.current?.abort();
      current.current = control;
      setState({ state: 'running', share: 0 });
      try {
        await before();
        for await (const line of linesOf(path, body, control.signal)) {
          if (control.signal.aborted) return;
          if ('share' in line) setState({ state: 'running', share: line.share });
          else if ('result' in line) setState({ state: 'done', result: line.result as Result });
          else throw problemError(readProblem(line.problem.status, line.problem), spoken());
        }
        setState((now) =>
          now.state === 'running' ? { state: 'failed', error: problemError(offlineProblem(), spoken()) } : now,
        );
      } catch (error) {
        if (!control.signal.aborted) setState({ state: 'failed', error });
      }
    },
    [path, before],
  );
  const stop = useCallback(() => {
    current.current?.abort();
    setState({ state: 'stopped' });
  }, []);
  return { state, start, stop };
}

type Line = { share: number } | { result: unknown } | { problem: { status: number } };

async function* linesOf(path: string, body: object, signal: AbortSignal): AsyncGenerator<Line> {
  const answer = await fetch(API + path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: headersOf('POST', { body }),
    body: JSON.stringify(body),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw problemError(offlineProblem(), spoken());
  });
  if (!answer.ok || !answer.body)
    throw problemError(readProblem(answer.status, await answer.json().catch(() => undefined)), spoken());
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) if (line) yield JSON.parse(line) as Line;
  }
}
