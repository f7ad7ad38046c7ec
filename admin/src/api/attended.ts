/** Whoever has done nothing for so long is not at the page: what it fetches then does not keep the session awake. */
const AWAY_MS = 60_000;

let last = Date.now();
// There is no window where the forms are only checked.
for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel'])
  globalThis.addEventListener?.(type, () => (last = Date.now()), { capture: true, passive: true });

export const isAttended = (): boolean => Date.now() - last < AWAY_MS;
