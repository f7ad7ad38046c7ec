import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http.ts';
import type { List, OrgUnit } from '../api/types.ts';

/** All units directly below one, or at the top; asked for when somebody looks. */
export const useUnitsBelow = (parentId = 'none', enabled = true) =>
  useQuery({
    queryKey: ['orgs', 'below', parentId],
    enabled,
    queryFn: async ({ signal }) => {
      const units: OrgUnit[] = [];
      let after: string | null = null;
      do {
        const page: List<OrgUnit> = await call('/orgs', { query: { parentId, limit: 100, after }, signal });
        units.push(...page.items);
        after = page.next;
      } while (after);
      return units;
    },
  });
