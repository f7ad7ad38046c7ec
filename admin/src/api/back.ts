const BACK = 'bihuan.back';

/** Tells that the server answers again after it was away: a network that was there all the time says nothing. */
export const tellBack = (): void => void window.dispatchEvent(new Event(BACK));

/** Calls back when the network or the server is there again. */
export function onBack(listener: () => void): () => void {
  for (const event of ['online', BACK]) window.addEventListener(event, listener);
  return () => {
    for (const event of ['online', BACK]) window.removeEventListener(event, listener);
  };
}
