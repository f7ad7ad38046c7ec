/** Compiles an entry point and what it imports from the folders `sources`, unless that has been done; gives the address to import. */
export function compile(entry: string, sources: string[]): Promise<string>;
