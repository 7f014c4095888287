import { useTranslations, useFormatter } from 'use-intl';
import { Button } from '../../design/button.tsx';
import { deviceLabel } from '../devices/label.ts';
import './apply-bar.css';
import type { Difference, Differences } from './speeds.ts';
import { useSpeedName } from './speed-choice.tsx';

/** So many are named; the rest is counted. */
const NAMED = 3;
const SIDES = ['lose', 'slower', 'back', 'faster'] as const;
const OWN_TEXTS = {
  lose: 'ownLost',
  slower: 'ownSlower',
  back: undefined,
  faster: undefined,
} as const;

/**
 * Stays at the bottom of the screen while something is changed: who gets less or more by it, whether the device in use is
 * one of them, and the button that does it.
 */
export function ApplyBar({
  differences,
  ownIds,
  isWrong,
  isPending,
  onDiscard,
  onApply,
}: {
  differences: Differences;
  /** The device in use, as far as it is known. */
  ownIds: ReadonlySet<string>;
  /** A speed is not one (yet). */
  isWrong: boolean;
  isPending: boolean;
  onDiscard: () => void;
  onApply: () => void;
}) {
  const t = useTranslations('rules');
  const all = SIDES.flatMap((side) => differences[side]);
  return (
    <section className="apply-bar" aria-label={t('change')}>
      <div className="apply-bar__text" aria-live="polite">
        {isWrong && <p className="field__error">{t('wrongSpeed')}</p>}
        {!isWrong && all.length === 0 && <p className="quiet">{t('noChange')}</p>}
        {!isWrong &&
          SIDES.map((side) => <Side key={side} side={side} differences={differences[side]} />)}
        {!isWrong && all.length > 0 && <Own differences={differences} ownIds={ownIds} />}
      </div>
      <Each differences={isWrong ? [] : all} />
      <div className="apply-bar__actions">
        <Button onClick={onDiscard}>{t('discard')}</Button>
        <Button variant="primary" disabled={isWrong || isPending} onClick={onApply}>
          {t('apply')}
        </Button>
      </div>
    </section>
  );
}

function Side({
  side,
  differences,
}: {
  side: (typeof SIDES)[number];
  differences: readonly Difference[];
}) {
  const t = useTranslations('rules');
  const format = useFormatter();
  const count = differences.length;
  if (count === 0) return undefined;
  const names = differences.slice(0, NAMED).map(({ device }) => deviceLabel(device));
  const rest = count > NAMED ? [t('moreNames', { count: count - NAMED })] : [];
  return (
    <p data-side={side}>
      <strong>{t(side, { count })}</strong> <bdi>{format.list([...names, ...rest])}</bdi>
    </p>
  );
}

function Own({ differences, ownIds }: { differences: Differences; ownIds: ReadonlySet<string> }) {
  const t = useTranslations('rules');
  if (ownIds.size === 0) return undefined;
  const side = SIDES.find((name) => differences[name].some(({ device }) => ownIds.has(device.id)));
  const text = side === undefined ? 'ownStays' : OWN_TEXTS[side];
  return text && <p className={text === 'ownLost' ? 'field__error' : 'quiet'}>{t(text)}</p>;
}

function Each({ differences }: { differences: readonly Difference[] }) {
  const t = useTranslations('rules');
  const speedName = useSpeedName();
  return (
    // It stays open while somebody types.
    <details className="apply-bar__each" hidden={differences.length === 0}>
      <summary>{t('showAll')}</summary>
      <ul>
        {differences.map(({ device, before, after }) => (
          <li key={device.id}>
            <span className="name">{deviceLabel(device)}</span>
            <span className="quiet">
              {t('fromToSpeed', { before: speedName(before), after: speedName(after) })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
