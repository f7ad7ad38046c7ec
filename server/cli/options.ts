import { InvalidArgumentError } from 'commander';
import { languageOf } from './output.ts';

/** Reads an option that is a whole number: `command.option('--seed <n>', '…', whole(0, 100), 1)`. */
export const whole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(
      { zh: `应为 ${min} 到 ${max} 的整数`, en: `a whole number from ${min} to ${max}` }[languageOf(process.env)],
    );
  };
