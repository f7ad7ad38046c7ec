import type pg from 'pg';

/** Everything in the database but sessions, the workers' proofs of life, and the audit (which tells of refusals too), as one text: equal before and after what must change nothing. */
export const fingerprint = async (pool: pg.Pool): Promise<string> => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
       AND table_name NOT IN ('sessions', 'worker_leases', '_prisma_migrations', 'audit', 'audit_heads', 'audit_starts', 'audit_checkpoints') ORDER BY 1`,
  );
  const sums = rows.map(
    ({ name }) => `(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM "${name}" t) AS "${name}"`,
  );
  const result = await pool.query(`SELECT ${sums.join(', ')}`);
  return JSON.stringify(result.rows[0]);
};
