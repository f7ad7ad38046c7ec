import { randomUUID } from 'node:crypto';
import type { OrgUnit, Person, PrismaClient } from '../../prisma/client/client.ts';
import { hashPassword } from '../../server/auth/password.ts';

/** The password of every person that `buildPerson` makes. */
export const TEST_PASSWORD = '测试口令 test-pass';
const hash = hashPassword(TEST_PASSWORD);

let count = 0;
/** Files share this count: padded, what is made later also sorts later. */
const next = (): string => String(++count).padStart(5, '0');

/** A department, unless told otherwise. */
export const buildOrg = (prisma: PrismaClient, given: Partial<OrgUnit> = {}): Promise<OrgUnit> => {
  const n = next();
  return prisma.orgUnit.create({
    data: {
      id: randomUUID(),
      code: `org${n}`,
      name: `示例单位${n}`,
      kind: 'department',
      category: 'economy',
      ...given,
    },
  });
};

export interface BuildPerson extends Partial<Omit<Person, 'orgId' | 'preferences'>> {
  orgId?: string;
  /** `performanceOffice` for the whole city, or `{ role: 'staff', orgId }`. */
  roles?: (string | { role: string; orgId: string | null })[];
}

/** Someone who can sign in with `TEST_PASSWORD`, in a department of its own unless told otherwise. */
export const buildPerson = async (
  prisma: PrismaClient,
  { roles = [], ...given }: BuildPerson = {},
): Promise<Person> => {
  const n = next();
  const orgId = given.orgId ?? (await buildOrg(prisma)).id;
  const person = await prisma.person.create({
    data: { id: randomUUID(), username: `person${n}`, name: `张三${n}`, passwordHash: await hash, ...given, orgId },
  });
  await prisma.role.createMany({
    data: roles.map((role) => ({
      id: randomUUID(),
      personId: person.id,
      ...(typeof role === 'string' ? { role, orgId: null } : role),
    })),
  });
  return person;
};
