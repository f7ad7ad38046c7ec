const PATTERN = /^-?\d+(\.\d+)?$/;

/** Whether a text is a decimal as the API takes it. */
export const isDecimal = (text: string): boolean => PATTERN.test(text);

/** What someone typed or pasted, as a decimal's text: full-width digits, thousands separators and spaces are understood. */
export function cleanDecimal(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s,，_]/g, '')
    .replace(/。/g, '.')
    .replace(/^[−–—]/, '-')
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, (dot) => dot);
}

/** How many digits stand after the point. */
export const placesOf = (text: string): number => text.split('.')[1]?.length ?? 0;

function scaled(text: string, places: number): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', part = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + part.padEnd(places, '0'));
  return negative ? -value : value;
}

function unscaled(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const part = places ? digits.slice(-places).replace(/(?<!0)0+$/, '') : '';
  return (value < 0n ? '-' : '') + whole + (part ? `.${part}` : '');
}

/** The exact sum of decimals; what is not one yet counts as nothing. */
export function sumDecimals(texts: readonly string[]): string {
  const numbers = texts.filter(isDecimal);
  const places = Math.max(0, ...numbers.map(placesOf));
  return unscaled(
    numbers.reduce((sum, text) => sum + scaled(text, places), 0n),
    places,
  );
}

/** a − b, exactly. */
export const subtract = (a: string, b: string): string => sumDecimals([a, b.startsWith('-') ? b.slice(1) : `-${b}`]);

/** Negative, zero or positive as a is below, at or above b. */
export function compareDecimals(a: string, b: string): number {
  const difference = subtract(a, b);
  return difference === '0' ? 0 : difference.startsWith('-') ? -1 : 1;
}
