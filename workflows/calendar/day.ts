/** A day of the proleptic Gregorian calendar, `YYYY-MM-DD`. */
export type Day = string;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const pad = (n: number, width = 2) => String(n).padStart(width, '0');

/** Days since 1970-01-01, by integer arithmetic alone (years counted from March, so that a leap day comes last). */
export function epochDayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** A function with its answers kept: the days that offices speak of are a few thousand. */
function remembered<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    if (known.size >= 20_000) known.clear();
    known.set(key, value);
    return value;
  };
}

/** The day that stands this many days after 1970-01-01. */
export const formatDay: (epochDay: number) => Day = remembered((epochDay) => {
  const z = epochDay + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (year < 0 || year > 9999) throw new RangeError(`the year ${year} has no date of four digits`);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
});

/** How many days a month has. */
export function daysInMonth(year: number, month: number): number {
  return (month === 12 ? epochDayOf(year + 1, 1, 1) : epochDayOf(year, month + 1, 1)) - epochDayOf(year, month, 1);
}

/** @throws RangeError when the text is not a day that exists */
export const parseDay: (text: Day) => number = remembered((text) => {
  const parts = SHAPE.exec(text);
  if (parts) {
    const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
    if (month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)) return epochDayOf(year, month, day);
  }
  throw new RangeError(`no such day: "${text}"`);
});
