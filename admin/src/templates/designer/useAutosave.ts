import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Json } from '../../../../workflows/json.ts';
import { call } from '../../api/http.ts';
import { problemOf } from '../../api/problem.ts';
import { queryClient } from '../../api/queryClient.ts';
import type { TemplateVersion } from '../../api/types.ts';

const PAUSE = 1000;

export interface Autosave {
  state: 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';
  error: unknown;
  /** What another one saved meanwhile, where somebody was faster. */
  theirs: TemplateVersion | undefined;
  /** Saves what is not saved yet, now; resolves when it is on disk. */
  flush: () => Promise<void>;
  /** Takes the newest version as the base: what is here goes over it. */
  overwrite: () => void;
  /** The draft was replaced by this version. */
  accept: (version: TemplateVersion) => void;
}

/** Saves a draft a moment after each change, on the version that was read; where somebody was faster, it stops and says so. */
export function useAutosave(template: TemplateVersion, content: Json): Autosave {
  const { key, version } = template;
  const path = `/templates/${key}/versions/${version}`;
  const [base, setBase] = useState({ content: template.content as unknown as Json, revision: template.revision });
  const [theirs, setTheirs] = useState<TemplateVersion>();
  const latest = useRef({ content, base });
  latest.current = { content, base };
  const running = useRef<Promise<void> | null>(null);

  const save = useMutation({
    mutationFn: async (sent: { content: Json; revision: number }) => {
      const saved = await call<TemplateVersion>(path, {
        method: 'PUT',
        ifMatch: sent.revision,
        body: { content: sent.content },
      });
      const next = { content: sent.content, revision: saved.revision };
      latest.current.base = next;
      setBase(next);
      queryClient.setQueryData(['templates', key, version], saved);
      return saved;
    },
    onError: async (error) => {
      if (problemOf(error).status === 412) setTheirs(await call<TemplateVersion>(path));
    },
  });

  const dirty = content !== base.content;
  const conflict = theirs !== undefined;
  const run = async (): Promise<void> => {
    await running.current;
    const { content: now, base: on } = latest.current;
    if (now === on.content) return;
    const work = save.mutateAsync({ content: now, revision: on.revision }).then(() => undefined);
    running.current = work.catch(() => undefined);
    await work;
  };
  const flush = async () => {
    while (latest.current.content !== latest.current.base.content) await run();
  };

  const runNow = useRef(run);
  runNow.current = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the draft starts the pause anew
  useEffect(() => {
    if (!dirty || conflict) return;
    const timer = setTimeout(() => void runNow.current().catch(() => undefined), PAUSE);
    return () => clearTimeout(timer);
  }, [content, dirty, conflict]);

  // Leaving the page for another one of the console saves; closing the tab asks.
  const unsaved = useRef(false);
  unsaved.current = dirty && !conflict;
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (unsaved.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
      if (unsaved.current) void runNow.current().catch(() => undefined);
    };
  }, []);

  return {
    state: conflict ? 'conflict' : save.isPending ? 'saving' : dirty ? (save.isError ? 'failed' : 'waiting') : 'saved',
    error: save.error,
    theirs,
    flush,
    overwrite: () => {
      if (!theirs) return;
      setBase({ content: theirs.content as unknown as Json, revision: theirs.revision });
      setTheirs(undefined);
      save.reset();
    },
    accept: (fresh) => {
      setBase({ content: fresh.content as unknown as Json, revision: fresh.revision });
      setTheirs(undefined);
      save.reset();
      queryClient.setQueryData(['templates', key, version], fresh);
    },
  };
}
