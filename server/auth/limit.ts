import { MemoryStore } from 'express-rate-limit';
import { problem } from '../http/problem.ts';

/** Wrong passwords that one name, and one address, may send in the window. */
const PER_NAME = 5;
const PER_ADDRESS = 100;
const MINUTES = 15;

/** Counts attempts to sign in. Counted before the password is checked, so that many at once cannot slip through. */
export const makeSignInLimit = () => {
  const store = new MemoryStore();
  store.init({ windowMs: MINUTES * 60_000 } as Parameters<MemoryStore['init']>[0]);
  const keysOf = (username: string, address: string) => ({
    name: `n:${username.toLowerCase()}`,
    place: `a:${address}`,
  });

  return {
    /** Throws when there were too many. */
    async attempt(username: string, address: string): Promise<void> {
      const { name, place } = keysOf(username, address);
      const [byName, byPlace] = await Promise.all([store.increment(name), store.increment(place)]);
      if (byName.totalHits > PER_NAME || byPlace.totalHits > PER_ADDRESS)
        throw problem('signin.limited', { minutes: MINUTES });
    },
    /** The password was right: nothing is held against them. */
    async forgive(username: string, address: string): Promise<void> {
      const { name, place } = keysOf(username, address);
      await Promise.all([store.resetKey(name), store.decrement(place)]);
    },
    close: () => store.shutdown(),
  };
};
export type SignInLimit = ReturnType<typeof makeSignInLimit>;
