import http from 'node:http';

/** Asks every half second whether the server lives, and keeps how long it took at most. */
export const watchPulse = (url: string) => {
  let longest = 0;
  let since: number | undefined;
  const beat = () => {
    if (since !== undefined) return;
    since = performance.now();
    const done = () => {
      longest = Math.max(longest, performance.now() - (since ?? 0));
      since = undefined;
    };
    http.get(`${url}/healthz`, (response) => response.resume().on('close', done)).on('error', done);
  };
  const timer = setInterval(beat, 500);
  return { longest: () => Math.round(longest), stop: () => clearInterval(timer) };
};
