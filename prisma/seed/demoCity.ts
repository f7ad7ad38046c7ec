import type { PrismaClient } from '../client/client.ts';
import { type DemoCity, demoCity, demoOrgId } from './city.ts';

export interface SeededCity {
  /** False when the city was there already: then nothing was changed. */
  created: boolean;
  orgs: number;
  people: number;
  roles: number;
}

/**
 * Creates 示例市 in one transaction, or nothing if it exists. All accounts get the same `passwordHash`: hashing is slow on
 * purpose, and the password is public.
 */
export async function seedDemoCity(
  prisma: PrismaClient,
  { passwordHash }: { passwordHash: string },
): Promise<SeededCity> {
  const city = demoCity();
  const counts = { orgs: city.orgs.length, people: city.people.length, roles: city.roles.length };
  const created = await prisma.$transaction((tx) => insert(tx, city, passwordHash), { timeout: 60_000 });
  return { created, ...counts };
}

async function insert(
  tx: Parameters<Parameters<PrismaClient['$transaction']>[0]>[0],
  city: DemoCity,
  passwordHash: string,
): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('bihuan.seed'))`;
  if (await tx.orgUnit.findUnique({ where: { id: demoOrgId('shili') } })) return false;
  // Units point at each other and at their heads, so the pointers come last.
  await tx.orgUnit.createMany({
    data: city.orgs.map(({ id, code, name, nameEn, kind, category }) => ({
      id,
      code,
      name,
      nameEn,
      kind,
      category,
      demo: true,
    })),
  });
  await tx.person.createMany({ data: city.people.map((person) => ({ ...person, passwordHash, demo: true })) });
  await tx.role.createMany({ data: city.roles });
  await tx.$executeRaw`
    UPDATE org_units SET parent_id = k.parent, head_id = k.head, monitoring_unit_id = k.monitor
    FROM unnest(${city.orgs.map(({ id }) => id)}::uuid[], ${city.orgs.map(({ parentId }) => parentId)}::uuid[],
      ${city.orgs.map(({ headId }) => headId)}::uuid[], ${city.orgs.map((o) => o.monitoringUnitId)}::uuid[])
      AS k(id, parent, head, monitor) WHERE org_units.id = k.id`;
  return true;
}
