/** Weekly rules as sentences in both languages, and as the strips of a week. */
import { createFormatter, createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import { scheduleText } from '../src/pages/rules/sentence.ts';
import { strongest } from '../src/pages/people/person-day.ts';
import { minutesOf, weekOf } from '../src/pages/rules/week.ts';
import type { Texts } from '../src/texts/language.ts';
import { de } from '../src/texts/de.ts';
import { en } from '../src/texts/en.ts';

type Schedule = Parameters<typeof scheduleText>[1];
type Window = NonNullable<Schedule['windows']>[number];

const NIGHTS: Window[] = [
  { days: [1, 2, 3, 4, 7], from: '21:00', to: '07:00' },
  { days: [5, 6], from: '22:00', to: '09:00' },
];
const BEDTIME: Schedule = { name: 'Bedtime', access: 'block', windows: NIGHTS };

function sentence(locale: 'de' | 'en-GB', rule: Schedule, who?: string, speed = ''): string {
  const messages: Texts = locale === 'de' ? de : en;
  const t = createTranslator({ locale, messages, namespace: 'rules' });
  return scheduleText({ t, format: createFormatter({ locale }) }, rule, { who, speed });
}

describe('a weekly rule as a sentence', () => {
  test('says who it is for, what, and when', () => {
    expect(sentence('en-GB', BEDTIME, 'Tim')).toBe(
      'Bedtime for Tim: no internet Mon–Thu and Sun 21:00–7:00, Fri and Sat 22:00–9:00',
    );
    expect(sentence('de', { ...BEDTIME, name: 'Schlafenszeit' }, 'Tim')).toBe(
      'Schlafenszeit für Tim: kein Internet Mo–Do und So 21:00–7:00, Fr und Sa 22:00–9:00',
    );
  });

  test('every day, a speed, and always', () => {
    const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '14:00', to: '16:00' }];
    const slow: Schedule = { name: null, access: 'limit', windows };
    expect(sentence('en-GB', slow, undefined, '5 Mbit/s')).toBe(
      'Weekly rule: only 5 Mbit/s every day 14:00–16:00',
    );
    expect(sentence('de', { ...slow, windows: null }, 'alle', '5 Mbit/s')).toBe(
      'Wochenregel für alle: nur 5 Mbit/s die ganze Woche, Tag und Nacht',
    );
  });
});

describe('a week as strips', () => {
  const rule: Parameters<typeof weekOf>[0][number] = {
    target: 'person',
    access: 'block',
    windows: NIGHTS,
    is_active: true,
  };
  const at = (hours: number) => hours * 60;

  test('a night is on two days, from Sunday to Monday too', () => {
    const [monday, , , , friday, saturday] = weekOf([rule]);
    const evening = { from: at(21), to: at(24), access: 'block' };
    expect(monday).toEqual([{ from: 0, to: at(7), access: 'block' }, evening]);
    expect(friday?.at(-1)).toEqual({ ...evening, from: at(22) });
    expect(saturday?.[0]).toEqual({ from: 0, to: at(9), access: 'block' });
    expect(minutesOf(weekOf([rule]))).toBe(at(5 * 10 + 2 * 11));
  });

  test('the nearest target decides, among equals the strictest; one that is off says nothing', () => {
    const days = [1];
    const whole: typeof rule = {
      ...rule,
      target: 'everyone',
      windows: [{ days, from: '08:00', to: '12:00' }],
    };
    const own: typeof rule = {
      ...rule,
      access: 'allow',
      windows: [{ days, from: '09:00', to: '10:00' }],
    };
    const slow: typeof rule = {
      ...rule,
      access: 'limit',
      windows: [{ days, from: '09:30', to: '11:00' }],
    };
    expect(weekOf([whole, own, slow])[0]).toEqual([
      { from: at(8), to: at(9), access: 'block' },
      { from: at(9.5), to: at(11), access: 'limit' },
      { from: at(11), to: at(12), access: 'block' },
    ]);
    expect(minutesOf(weekOf([{ ...whole, is_active: false }]))).toBe(0);
  });

  test('a rule without times is for all of the week; from a time to itself is a whole day', () => {
    expect(minutesOf(weekOf([{ ...rule, windows: null }]))).toBe(7 * at(24));
    const day = [{ days: [7], from: '06:00', to: '06:00' }];
    const week = weekOf([{ ...rule, windows: day }]);
    expect(minutesOf(week)).toBe(at(24));
    expect(week[0]).toEqual([{ from: 0, to: at(6), access: 'block' }]);
  });
});

test('somebody is there if one of their devices is', () => {
  expect(strongest(['0905', '9030'])).toBe('9935');
  expect(strongest([])).toBe('');
});
