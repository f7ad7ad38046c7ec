/** The migrated database of a run's cluster that every test file clones. */
export const TEMPLATE = 'bihuan_template';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the run's cluster (its database `bihuan`, empty). */
    clusterUrl: string;
  }
}
