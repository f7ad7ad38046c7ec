import { call } from '../api/http.ts';
import type { List, TemplateRow } from '../api/types.ts';

/** The newest published version of each template. (The list shows the newest of all, which may be a draft.) */
export async function fetchPublished(): Promise<TemplateRow[]> {
  const { items } = await call<List<TemplateRow>>('/templates', { query: { limit: 100 } });
  const found = await Promise.all(
    items.map(async (row) => {
      if (row.status === 'published') return row;
      const versions = await call<{ items: TemplateRow[] }>(`/templates/${row.key}/versions`);
      return versions.items.find(({ status }) => status === 'published');
    }),
  );
  return found.filter((row) => row !== undefined);
}
