/** Rules in words. Pure, but for the words: texts and formats of a language come from outside. */
import type { createFormatter, createTranslator } from 'use-intl/core';
import type { Rule } from '../../api/home-queries.ts';
import type { Texts } from '../../texts/language.ts';
import type { Window } from './week.ts';

/** A Monday, to name the days of the week by. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 24 * 60 * 60 * 1000;

/** What a language says. */
export type Words = {
  t: ReturnType<typeof createTranslator<Texts, 'rules'>>;
  format: Pick<ReturnType<typeof createFormatter>, 'dateTime' | 'list'>;
};

/** The name of a day of the week: 1 is Monday. */
export function dayText(
  { format }: Pick<Words, 'format'>,
  day: number,
  length: 'short' | 'long',
): string {
  return format.dateTime(MONDAY + (day - 1) * DAY_MS, { weekday: length, timeZone: 'UTC' });
}

/** A time of the day, as `21:00` or in minutes from midnight; 24 hours after midnight is midnight. */
export function clockText({ format }: Pick<Words, 'format'>, time: string | number): string {
  const instant =
    typeof time === 'string' ? Date.parse(`2024-01-01T${time}Z`) : MONDAY + time * 60_000;
  return format.dateTime(instant, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
}

/** When a window is: "Mon–Thu and Sun 21:00–07:00". */
function windowText(words: Words, { days, from, to }: Window): string {
  const { t, format } = words;
  const spans = spansOf(days).map(([first, last]) =>
    first === last
      ? dayText(words, first, 'short')
      : `${dayText(words, first, 'short')}–${dayText(words, last, 'short')}`,
  );
  return t('window', {
    days: days.length === 7 ? t('everyDay') : format.list(spans),
    from: clockText(words, from),
    to: clockText(words, to),
  });
}

/** When a weekly rule says something: its windows, or always. */
export function windowsText(words: Words, windows: readonly Window[] | null): string {
  if (windows === null) return words.t('always');
  return windows.map((window) => windowText(words, window)).join(', ');
}

/**
 * A weekly rule as a sentence: "Bedtime for Tim: no internet every day 21:00–07:00".
 * @param who it is for, in words; undefined if that is clear
 * @param speed of a limit, in words
 */
export function scheduleText(
  words: Words,
  rule: Pick<Rule, 'name' | 'access' | 'windows'>,
  { who, speed }: { who: string | undefined; speed: string },
): string {
  const { t } = words;
  const what = rule.access === 'limit' ? t('only', { speed }) : t(`accessesOf.${rule.access}`);
  const parts = {
    name: rule.name ?? t('kinds.schedule'),
    what,
    when: windowsText(words, rule.windows),
  };
  return who === undefined ? t('sentence', parts) : t('sentenceFor', { ...parts, who });
}

/** Days in a row, as first and last; two are named one by one. */
function spansOf(days: readonly number[]): [first: number, last: number][] {
  const spans: [number, number][] = [];
  for (const day of days.toSorted((one, other) => one - other)) {
    const span = spans.at(-1);
    if (span !== undefined && span[1] === day - 1) span[1] = day;
    else spans.push([day, day]);
  }
  return spans.flatMap(([first, last]): [number, number][] =>
    last === first + 1
      ? [
          [first, first],
          [last, last],
        ]
      : [[first, last]],
  );
}
