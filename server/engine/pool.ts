import type pg from 'pg';
import { makePool } from '../db/pool.ts';

/**
 * Connections for the engine alone. Its few statements are prepared once and always find rows by key, so they are never
 * planned again and never compiled: planning would cost more than running them.
 */
export function makeEnginePool(url: string, max = 10, onConnectionError?: (error: Error) => void): pg.Pool {
  const address = new URL(url);
  const own = address.searchParams.get('options') ?? '';
  address.searchParams.set(
    'options',
    `${own} -c plan_cache_mode=force_generic_plan -c jit=off -c enable_seqscan=off`.trim(),
  );
  return makePool(address.toString(), { max, name: 'engine', ...(onConnectionError && { onConnectionError }) });
}
