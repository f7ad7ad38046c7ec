import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../api/http.ts';
import type { Finding } from '../api/types.ts';

const PAUSE = 500;

/** What the linter says about a text, a moment after the typing stops. Nothing while it is not JSON. */
export function useLint(text: string, enabled: boolean): { findings: Finding[]; busy: boolean } {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, isFetching } = useQuery({
    queryKey: ['templates', 'lint', settled],
    queryFn: ({ signal }) =>
      call<{ findings: Finding[] }>('/templates/lint', {
        method: 'POST',
        body: { content: JSON.parse(settled) },
        signal,
      }),
    enabled: enabled && isObject(settled),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
  });
  return { findings: data?.findings ?? [], busy: isFetching || settled !== text };
}

function isObject(text: string): boolean {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
