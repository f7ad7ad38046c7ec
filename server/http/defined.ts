type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** The members that are given; `null` is given, `undefined` is not. */
export const defined = <T extends object>(object: T): Defined<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
