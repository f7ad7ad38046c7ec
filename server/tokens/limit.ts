import { MemoryStore } from 'express-rate-limit';
import { problem } from '../http/problem.ts';

/** Requests that one token, and refused ones that one address, may send in a minute. */
const PER_TOKEN = 300;
const REFUSED_PER_ADDRESS = 60;

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
