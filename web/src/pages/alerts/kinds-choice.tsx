import type { ChosenKind } from '../../../../src/alerts/kinds.ts';
import { useTranslations } from 'use-intl';
import type { Role } from '../../api/home-queries.ts';
import { kindsFor } from './kinds.ts';

/** What comes to a channel: each kind in plain words. */
export function KindsChoice({
  role,
  wanted,
  legend,
  none,
  onChange,
}: {
  role: Role;
  wanted: readonly ChosenKind[];
  /** Over them: what comes to the channel, if nothing else. */
  legend?: string;
  /** What it means if none is chosen. */
  none?: string;
  onChange: (wanted: readonly ChosenKind[]) => void;
}) {
  const t = useTranslations('alerts');
  const kinds = kindsFor(role);
  if (kinds.length === 0) return <p className="quiet">{t('forChildren')}</p>;
  return (
    <fieldset className="alerts__kinds">
      <legend className="field__label">{legend ?? t('wanted')}</legend>
      {kinds.map((kind) => (
        <label key={kind} className="alerts__kind">
          <input
            type="checkbox"
            className="check"
            checked={wanted.includes(kind)}
            onChange={({ target }) =>
              onChange(
                kinds.filter((one) => (one === kind ? target.checked : wanted.includes(one))),
              )
            }
          />
          <span>{t(`kinds.${kind}`)}</span>
        </label>
      ))}
      {wanted.length === 0 && <p className="quiet">{none ?? t('wantedNone')}</p>}
    </fieldset>
  );
}
