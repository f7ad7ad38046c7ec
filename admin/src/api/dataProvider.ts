import type { DataProvider, GetListParams, RaRecord } from 'ra-core';
import { call, callWithTag, type Query, queryString } from './http.ts';
import { makeKeyset } from './keyset.ts';
import type { List } from './types.ts';

const page = makeKeyset();

/** Templates are known by their key; everything else by its id. */
function identify<T extends object>(resource: string, row: T): T & RaRecord {
  const id = resource === 'templates' ? (row as unknown as { key: string }).key : (row as unknown as RaRecord).id;
  return { ...row, id };
}

function sortToken(sort: GetListParams['sort']): string | undefined {
  if (!sort || sort.field === 'id') return undefined;
  return sort.order === 'DESC' ? `-${sort.field}` : sort.field;
}

async function getList(resource: string, params: GetListParams) {
  const { page: number, perPage } = params.pagination ?? { page: 1, perPage: 25 };
  const query: Query = { ...params.filter, ...params.meta?.query, sort: sortToken(params.sort), limit: perPage };
  const path = params.meta?.path ?? `/${resource}`;
  const signal = params.signal ? { signal: params.signal } : {};
  const list = await page(path + queryString(query), number, (after) =>
    call<List<RaRecord>>(path, { query: { ...query, after }, ...signal }),
  );
  return {
    data: list.items.map((row) => identify(resource, row)),
    total: list.total,
    pageInfo: { hasNextPage: list.next !== null, hasPreviousPage: number > 1 },
  };
}

/** react-admin's calls on our API. Changes send the version that was read; what the API has no verb for says so. */
export const dataProvider = {
  supportAbortSignal: true,
  getList,
  getOne: async (resource: string, { id }: { id: RaRecord['id'] }) => ({
    data: identify(resource, await call<RaRecord>(`/${resource}/${id}`)),
  }),
  getMany: async (resource: string, { ids }: { ids: RaRecord['id'][] }) => ({
    data: await Promise.all(ids.map(async (id) => identify(resource, await call<RaRecord>(`/${resource}/${id}`)))),
  }),
  getManyReference: (resource: string, params: GetListParams & { target: string; id: RaRecord['id'] }) =>
    getList(resource, { ...params, filter: { ...params.filter, [params.target]: params.id } }),
  create: async (resource: string, { data }: { data: object }) => ({
    data: identify(resource, await call<RaRecord>(`/${resource}`, { method: 'POST', body: data })),
  }),
  update: async (
    resource: string,
    { id, data, previousData }: { id: RaRecord['id']; data: object; previousData?: { version?: number } },
  ) => {
    const ifMatch = previousData?.version;
    const changed = await callWithTag<RaRecord>(`/${resource}/${id}`, {
      method: 'PATCH',
      body: data,
      ...(ifMatch === undefined ? {} : { ifMatch }),
    });
    return { data: identify(resource, changed.data) };
  },
  updateMany: unsupported('updateMany'),
  delete: unsupported('delete'),
  deleteMany: unsupported('deleteMany'),
} as unknown as DataProvider;

function unsupported(verb: string) {
  return () => Promise.reject(new Error(`The API has no ${verb}: records are kept; make them inactive instead.`));
}
