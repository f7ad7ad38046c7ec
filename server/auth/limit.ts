import { MemoryStore } from 'express-rate-limit';
import { problem } from '../http/problem.ts';

/** Wrong passwords that one name, and one address, may send in the window. */
const PER_NAME = 5;
const PER_ADDRESS = 100;
const MINUTES = 15;

/** Requests that one token, and refused ones that one address, may send in a minute. */
const PER_TOKEN = 300;
const REFUSED_PER_ADDRESS = 60;

/** Counts attempts to sign in. Counted before the password is checked, so that many at once cannot slip through. */
export const makeSignInLimit = () => {
  const store = makeStore(MINUTES);
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

/** Counts what business systems push. An address is counted before its token is looked up, as for signing in. */
export const makePushLimit = () => {
  const store = makeStore(1);
  const limited = () => problem('token.limited', { minutes: 1 });
  return {
    /** Throws when too many of the address were refused. */
    async attempt(address: string): Promise<void> {
      const { totalHits } = await store.increment(`a:${address}`);
      if (totalHits > REFUSED_PER_ADDRESS) throw limited();
    },
    /** The token was right: it is counted instead of the address. Throws when it sent too many. */
    async admit(tokenId: string, address: string): Promise<void> {
      await store.decrement(`a:${address}`);
      const { totalHits } = await store.increment(`t:${tokenId}`);
      if (totalHits > PER_TOKEN) throw limited();
    },
    close: () => store.shutdown(),
  };
};
export type PushLimit = ReturnType<typeof makePushLimit>;

function makeStore(minutes: number): MemoryStore {
  const store = new MemoryStore();
  store.init({ windowMs: minutes * 60_000 } as Parameters<MemoryStore['init']>[0]);
  return store;
}
