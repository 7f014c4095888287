import { InvalidInputError } from '../../errors.ts';
import type { RuleAddition } from './rules.ts';
import { parseDays } from './time.ts';

type Window = NonNullable<RuleAddition['windows']>[number];

/** `sun-thu 21:00-07:00`, `daily 14:00-16:00`, `sat,sun 9:00-12:00`. Throws InvalidInputError. */
export function parseWindow(text: string, field: string): Window {
  const [, names = '', from = '', to = ''] =
    /^(.*\S)\s+(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})$/.exec(text.trim()) ?? [];
  const days = parseDays(names);
  const [begins, ends] = [clockTime(from), clockTime(to)];
  if (days !== undefined && begins !== undefined && ends !== undefined)
    return { days, from: begins, to: ends };
  throw new InvalidInputError([
    {
      field,
      value: text,
      expected: 'days and times, such as "sun-thu 21:00-07:00" or "daily 14:00-16:00"',
    },
  ]);
}

/** With two digits for the hour; undefined if there is no such time. */
function clockTime(text: string): string | undefined {
  const time = text.padStart(5, '0');
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : undefined;
}
