import { useTranslations } from 'use-intl';
import type { Router } from '../../api/queries.ts';
import { Choice } from '../../design/choice.tsx';
import { Field } from '../../design/field.tsx';
import { timeZone } from '../../texts/time-zone.ts';
import { routerOptions } from '../routers/choice.tsx';

/** Stands for a router that is made by the import. */
export const NEW_ROUTER = '';

/** What a person has entered. */
export type Draft = {
  files: readonly File[];
  /** Undefined until it is chosen. */
  routerId?: string;
  newId: string;
  skipInvalid: boolean;
};

/** The router the data is for, and what to do with invalid records. */
export function ImportOptions({
  draft: { routerId, newId, skipInvalid },
  routers,
  onChange,
}: {
  draft: Draft;
  routers: readonly Router[];
  onChange: (changed: Partial<Draft>) => void;
}) {
  const t = useTranslations('import');
  return (
    <>
      <div className="columns import__options">
        <Choice
          label={t('router')}
          placeholder={t('chooseRouter')}
          options={[...routerOptions(routers), { value: NEW_ROUTER, text: t('newRouter') }]}
          value={routerId}
          onChange={(chosen) => onChange({ routerId: chosen })}
        />
        {routerId === NEW_ROUTER && (
          <Field
            label={t('newId')}
            value={newId}
            maxLength={255}
            onChange={(typed) => onChange({ newId: typed })}
          />
        )}
      </div>
      <p className="quiet">{t('routerHint')}</p>
      <label className="import__check">
        <input
          type="checkbox"
          className="check"
          checked={skipInvalid}
          onChange={({ target }) => onChange({ skipInvalid: target.checked })}
        />
        {t('skipInvalid')}
      </label>
      <p className="quiet">{t('zone', { zone: timeZone() })}</p>
    </>
  );
}
