import type pg from 'pg';
import { LEFT_OUT } from './format.ts';

/** A table of ours with the columns that hold something of their own. */
export interface TableShape {
  name: string;
  columns: string[];
}

/** Every table to keep, in the order of names. */
export const listTables = async (client: pg.Client): Promise<TableShape[]> => {
  const { rows } = await client.query<TableShape>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL($1::text[])
     GROUP BY c.relname ORDER BY c.relname COLLATE "C"`,
    [LEFT_OUT],
  );
  return rows;
};

/** How far each sequence has counted. */
export const listSequences = async (client: pg.Client): Promise<{ name: string; value: string }[]> => {
  const { rows } = await client.query<{ name: string; value: string }>(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename COLLATE "C"`,
  );
  return rows;
};

/** The migrations that the database has had. */
export const listMigrations = async (client: pg.Client): Promise<{ name: string; checksum: string }[]> => {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  return rows;
};

/** The hashes of all uploaded files that some row names. */
export const listFiles = async (client: pg.Client): Promise<string[]> => {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'sha256' ORDER BY 1`,
  );
  const all = tables.map(({ name }) => `SELECT sha256 FROM ${name}`).join(' UNION ');
  return (await client.query<{ sha256: string }>(`${all} ORDER BY 1`)).rows.map(({ sha256 }) => sha256);
};

/** Jobs as they were asked for: whatever the queue's tables look like in another version, these can be asked for again. */
export const JOB_COLUMNS = [
  'task',
  'payload',
  'queue',
  'run_at',
  'attempts',
  'max_attempts',
  'last_error',
  'created_at',
  'job_key',
  'priority',
  'flags',
];
export const JOBS = `SELECT t.identifier AS task, j.payload, q.queue_name AS queue, j.run_at, j.attempts, j.max_attempts, j.last_error, j.created_at,
    j.key AS job_key, j.priority, (SELECT array_agg(key) FROM jsonb_object_keys(j.flags) AS key) AS flags
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  LEFT JOIN graphile_worker._private_job_queues q ON q.id = j.job_queue_id ORDER BY j.id`;
