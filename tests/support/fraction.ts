/** A fraction of whole numbers: arithmetic that cannot round, to compare decimals with. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

export function fraction(n: bigint, d = 1n): Fraction {
  const g = gcd(n, d) || 1n;
  return d < 0n ? { n: -n / g, d: -d / g } : { n: n / g, d: d / g };
}

export function read(text: string): Fraction {
  const [whole = '', part = ''] = text.replace('-', '').split('.');
  const value = BigInt(`${whole}${part}`);
  return fraction(text.startsWith('-') ? -value : value, 10n ** BigInt(part.length));
}

export const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
export const less = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d;

const floor = (n: bigint, d: bigint): bigint => (n % d !== 0n && n < 0n ? n / d - 1n : n / d);

/** Rounded to places, as a decimal with all of them. */
export function round(a: Fraction, places: number, mode: 'halfUp' | 'halfEven' | 'ceil' | 'floor'): string {
  const scaled = fraction(a.n * 10n ** BigInt(places), a.d);
  const down = floor(scaled.n, scaled.d);
  const rest = minus(scaled, fraction(down));
  const twice = times(rest, fraction(2n));
  const half = twice.n === twice.d;
  const away = scaled.n >= 0n;
  const up =
    mode === 'floor'
      ? false
      : mode === 'ceil'
        ? rest.n > 0n
        : half
          ? mode === 'halfUp'
            ? away
            : down % 2n !== 0n
          : less(fraction(1n), twice);
  const value = up ? down + 1n : down;
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const sign = value < 0n ? '-' : '';
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
