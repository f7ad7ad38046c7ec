/**
 * What a failed delivery means. `later`: the server asks to come back (4xx, greylisting). `never`: it refuses this mail for
 * good (5xx). `down`: the server cannot be worked with now, for any mail: not there, cut off, or it does not know our password.
 */
export type Verdict = 'later' | 'never' | 'down';

interface SmtpError {
  id?: string;
  code?: string;
  responseCode?: number;
}

export function verdictOf(error: unknown): Verdict {
  const { id, code, responseCode } = error as SmtpError;
  // Sealed under a key that is not here any more; the mails beside it are not to wait for that.
  if (id === 'secrets.failed') return 'never';
  if (code === 'EAUTH' || responseCode === 421) return 'down';
  if (responseCode === undefined) return code === 'EENVELOPE' || code === 'EMESSAGE' ? 'never' : 'down';
  return responseCode >= 500 ? 'never' : 'later';
}

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE);

/** How long to wait before the next try: a minute at first, four hours in the end. */
export const backOff = (attempts: number): number => STEPS[Math.min(Math.max(attempts, 1), STEPS.length) - 1] as number;

/** After this a mail is given up, as mail servers do among themselves. */
export const GIVE_UP_MS = 5 * 24 * 60 * MINUTE;
