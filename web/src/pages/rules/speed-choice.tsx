import { useState } from 'react';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import { Segments } from '../../design/segments.tsx';
import { decimalOf, parseMegabits, showMegabits } from './megabits.ts';
import { MegabitField } from './rate-field.tsx';

const MEGABIT = 1_000_000;
/** What most want, in Mbit/s. */
const SPEEDS = [5, 20, 50] as const;
const OWN = 'own';

/** A speed in words; 0 means none at all, Infinity full speed. */
export function useSpeedName(): (speed: number) => string {
  const t = useTranslations('rules');
  const access = useTranslations('access');
  const format = useFormatter();
  return (speed) => {
    if (speed === 0) return t('noInternet');
    if (speed === Infinity) return access('full');
    return t('megabits', { rate: format.number(speed / MEGABIT, { maximumFractionDigits: 3 }) });
  };
}

/**
 * Chooses how fast something is: off, slow (5, 20, 50 or another speed), or full speed. It reports each letter that is
 * typed, so that what is previewed and applied is what stands there: NaN if that is not a speed.
 * @param rate in bits per second; 0 is off, null is full speed
 */
export function SpeedChoice({
  label,
  rate,
  hasOff = false,
  hasFull = false,
  onChange,
}: {
  label: string;
  rate: number | null;
  hasOff?: boolean;
  hasFull?: boolean;
  onChange: (rate: number | null) => void;
}) {
  const t = useTranslations('rules');
  const decimal = decimalOf(useLocale());
  const [typed, setTyped] = useState<string>();
  const state =
    rate === 0 && hasOff ? 'off' : rate === null && typed === undefined ? 'full' : 'slow';
  const known = SPEEDS.find((speed) => speed * MEGABIT === rate);
  // What is typed stays as it is written, unless the rate was changed elsewhere.
  const isTyped = typed !== undefined && Object.is(rateOf(typed), rate);
  const speed = isTyped || known === undefined ? OWN : String(known);
  const choose = (chosen: number | null) => {
    setTyped(undefined);
    onChange(chosen);
  };
  return (
    <div className="speed">
      <Segments
        label={label}
        options={[
          ...(hasOff ? [{ value: 'off', text: t('off') } as const] : []),
          { value: 'slow', text: t('slow') } as const,
          // What is so now is shown, too.
          ...(hasFull || rate === null ? [{ value: 'full', text: t('full') } as const] : []),
        ]}
        value={state}
        onChange={(wanted) =>
          choose(wanted === 'off' ? 0 : wanted === 'full' ? null : SPEEDS[0] * MEGABIT)
        }
      />
      {state === 'slow' && (
        <Segments
          label={`${label}: ${t('howSlow')}`}
          isLabelHidden
          options={[
            ...SPEEDS.map((each) => ({
              value: String(each),
              text: t('megabits', { rate: String(each) }),
            })),
            { value: OWN, text: t('own') },
          ]}
          value={speed}
          onChange={(wanted) => {
            if (wanted !== OWN) choose(Number(wanted) * MEGABIT);
            else setTyped(showMegabits(rate, decimal));
          }}
        />
      )}
      {state === 'slow' && speed === OWN && (
        <MegabitField
          label={t('ownSpeed')}
          typed={isTyped ? typed : showMegabits(rate, decimal)}
          least={1}
          description=""
          onType={(text) => {
            setTyped(text);
            onChange(rateOf(text));
          }}
        />
      )}
    </div>
  );
}

/** Nothing is not a speed: full speed is a choice of its own. */
function rateOf(typed: string): number {
  const rate = parseMegabits(typed);
  return rate === undefined || rate === null || rate === 0 ? Number.NaN : rate;
}
