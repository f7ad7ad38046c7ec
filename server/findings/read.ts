import type { Finding } from '../../prisma/client/client.ts';
import type { Database } from '../http/deps.ts';

/** The findings of a unit in a cycle that nothing has been done about yet, oldest first. */
export const openFindings = (db: Database, cycleId: string, orgId: string): Promise<Finding[]> =>
  db.finding.findMany({ where: { cycleId, orgId, state: 'open' }, orderBy: { number: 'asc' } });
