import type { PrismaClient } from '../../prisma/client/client.ts';
import type { Definition } from '../../workflows/machine/definition.ts';

const KEPT = 100;

/** Reads what cases run, by content hash; what a hash names never changes, so the latest are kept. */
export const makeDefinitions = (prisma: PrismaClient) => {
  const known = new Map<string, Definition>();

  const load = async (hashes: string[]): Promise<void> => {
    const missing = [...new Set(hashes)].filter((hash) => !known.has(hash));
    if (missing.length === 0) return;
    const rows = await prisma.definition.findMany({ where: { hash: { in: missing } } });
    for (const { hash, content } of rows) known.set(hash, content as unknown as Definition);
  };

  return {
    /** The definitions of these hashes, each read at most once. */
    read: async (hashes: string[]): Promise<(hash: string) => Definition> => {
      await load(hashes);
      const wanted = new Map(hashes.map((hash) => [hash, known.get(hash)]));
      for (const hash of known.keys()) if (known.size > KEPT) known.delete(hash);
      return (hash) => {
        const found = wanted.get(hash);
        if (!found) throw new Error(`no definition ${hash}`);
        return found;
      };
    },
  };
};
export type Definitions = ReturnType<typeof makeDefinitions>;
