/** A sum of decimals, as text, over a count: to two places, half up. */
export function meanOf(sum: string, count: number): string {
  const down = sum.startsWith('-');
  const [whole = '0', fraction = ''] = sum.replace('-', '').split('.');
  const by = BigInt(count) * 10n ** BigInt(fraction.length);
  const hundredths = (BigInt(whole + fraction) * 200n + by) / (by * 2n);
  const digits = String(hundredths).padStart(3, '0');
  return `${down && hundredths > 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
