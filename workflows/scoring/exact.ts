import { Decimal } from 'decimal.js';

/** Decimals that lose no digit of what people enter: decimal.js otherwise rounds each result to 20 digits. */
export const Exact = Decimal.clone({ precision: 120, toExpNeg: -120, toExpPos: 120 });
