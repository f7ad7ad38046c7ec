import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../api/http.ts';
import { useCycle } from '../api/queries.ts';
import type { Field, TemplateVersion } from '../api/types.ts';
import { fieldsOf } from '../templates/tree.ts';

/** The fields of the template that a case runs, by key; nothing where this person may not read templates. */
export function useCaseFields(cycleId: string | undefined): Map<string, Field> | undefined {
  const { data: cycle } = useCycle(cycleId);
  const template = cycle?.template;
  const { data } = useQuery({
    queryKey: ['templates', template?.key, template?.version],
    queryFn: () => call<TemplateVersion>(`/templates/${template?.key}/versions/${template?.version}`),
    enabled: template !== undefined,
    staleTime: 600_000,
  });
  return useMemo(() => (data ? new Map(fieldsOf(data.content).map((field) => [field.key, field])) : undefined), [data]);
}
