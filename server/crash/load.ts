import { randomUUID } from 'node:crypto';
import { OFFICE } from './city.ts';

/** A step that was answered as done. */
export interface Acknowledged {
  key: string;
  caseId: string;
  seat: number;
}

export interface Load {
  acknowledged: Acknowledged[];
  /** Answers that no correct server gives: a refusal of a request that was never answered before. */
  wrong: string[];
  /** Resolves after so many more acknowledgements; rejects when none comes for too long. */
  more(count: number): Promise<void>;
  stop(): Promise<void>;
}

interface Session {
  cookie: string;
  csrf: string;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** No acknowledgement for so long means that the system does not recover. */
const PATIENCE_MS = 90_000;
const REQUEST_MS = 15_000;

/** People at work over real HTTP: each takes an open task, submits it, half of the time with a double click, and asks again until it is answered. */
export function startLoad(origin: string, callers: number, random: () => number): Load {
  const api = `${origin}/api/v1`;
  const acknowledged: Acknowledged[] = [];
  const wrong: string[] = [];
  const listeners = new Set<() => void>();
  const busy = new Set<string>();
  let session: Promise<Session> | null = null;
  let stopped = false;

  /** A request that is tried until there is an answer that says something. */
  const insist = async (path: string, init: RequestInit, own?: Session): Promise<Response | null> => {
    for (;;) {
      try {
        const headers = {
          'content-type': 'application/json',
          ...(own && { cookie: own.cookie, 'x-csrf-token': own.csrf }),
          ...(init.headers as object),
        };
        const response = await fetch(`${api}${path}`, { ...init, headers, signal: AbortSignal.timeout(REQUEST_MS) });
        if (response.status < 500) return response;
        await response.arrayBuffer();
      } catch {
        // The server is down or has just died: ask again.
      }
      if (stopped) return null;
      await pause(30);
    }
  };
  const signIn = async (): Promise<Session> => {
    const response = await insist('/session', { method: 'POST', body: JSON.stringify(OFFICE) });
    if (!response?.ok) throw new Error(`sign-in answered ${response?.status}: ${await response?.text()}`);
    const { csrf } = (await response.json()) as { csrf: string };
    return {
      csrf,
      cookie: response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    };
  };
  /** A session that was confirmed and is gone is told like any other wrong answer; the work goes on with a new one. */
  const refused = async (own: Session, response: Response) => {
    wrong.push(`${response.status} ${(await response.text()).slice(0, 200)}`);
    if (response.status === 401 && session && (await session) === own) session = signIn();
  };
  const openTasks = async (own: Session): Promise<string[]> => {
    const response = await insist('/tasks?box=todo&limit=100&sort=openedAt', { method: 'GET' }, own);
    if (!response) return [];
    if (!response.ok) {
      await refused(own, response);
      return [];
    }
    return ((await response.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
  };

  const caller = async () => {
    let known: string[] = [];
    while (!stopped) {
      session ??= signIn();
      const own = await session;
      const free = known.filter((id) => !busy.has(id));
      if (free.length === 0) {
        known = (await openTasks(own)).filter((id) => !busy.has(id));
        if (known.length === 0) await pause(20);
        continue;
      }
      const id = free[Math.floor(random() * free.length)] as string;
      known = known.filter((other) => other !== id);
      busy.add(id);
      await submit(own, id);
    }
  };
  const submit = async (own: Session, id: string) => {
    const key = randomUUID();
    const once = () =>
      insist(
        `/tasks/${id}/act`,
        { method: 'POST', headers: { 'idempotency-key': key }, body: JSON.stringify({ action: 'submit', values: {} }) },
        own,
      );
    const answers = await Promise.all(random() < 0.5 ? [once(), once()] : [once()]);
    const [caseId, seat] = id.split('.') as [string, string];
    if (answers.some((answer) => answer?.ok)) {
      acknowledged.push({ key, caseId, seat: Number(seat) });
      for (const listener of listeners) listener();
    }
    if (answers.every((answer) => answer?.status === 401)) busy.delete(id);
    for (const answer of answers) {
      if (answer && !answer.ok) await refused(own, answer);
      else await answer?.arrayBuffer().catch(() => undefined);
    }
  };

  const running = Promise.all(Array.from({ length: callers }, caller));
  running.catch(() => undefined);
  return {
    acknowledged,
    wrong,
    more: (count) => {
      const goal = acknowledged.length + count;
      return new Promise<void>((resolve, reject) => {
        let timer: NodeJS.Timeout;
        const finish = (done: () => void) => {
          clearTimeout(timer);
          listeners.delete(heard);
          done();
        };
        const wait = () => {
          clearTimeout(timer);
          timer = setTimeout(
            () => finish(() => reject(new Error(`no acknowledgement for ${PATIENCE_MS / 1000} s`))),
            PATIENCE_MS,
          );
        };
        const heard = () => (acknowledged.length >= goal ? finish(resolve) : wait());
        listeners.add(heard);
        running.catch((error) => finish(() => reject(error)));
        wait();
      });
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
