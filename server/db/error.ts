/** Nothing for a file that is not there; whatever else failed is thrown on. For `catch`. */
export const ifThere = (error: unknown): undefined => {
  if (codeOf(error) !== 'ENOENT') throw error;
};

/** The code of a Node or PostgreSQL error, e.g. `ENOENT` or `57P03`. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
