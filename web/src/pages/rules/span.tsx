import { useTranslations } from 'use-intl';
import { Choice } from '../../design/choice.tsx';
import type { Draft } from './draft.ts';

const BEGINS = ['now', 'at'] as const;

/** From when until when a pause or an exception lasts. */
export function Span({
  draft: { kind, from, until },
  onChange,
}: {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}) {
  const t = useTranslations('rules');
  return (
    <>
      <div className="columns rules__pair">
        <Choice
          label={t('begin')}
          options={BEGINS.map((value) => ({
            value,
            text: t(value === 'now' ? 'beginsNow' : 'beginsAt'),
          }))}
          value={from === '' ? 'now' : 'at'}
          onChange={(chosen) => onChange({ from: chosen === 'now' ? '' : until })}
        />
        {from !== '' && (
          <WallTimeField label={t('from')} value={from} onChange={(at) => onChange({ from: at })} />
        )}
      </div>
      <WallTimeField
        label={t('end')}
        value={until}
        isOptional={kind === 'pause'}
        onChange={(at) => onChange({ until: at })}
      />
    </>
  );
}

function WallTimeField({
  label,
  value,
  isOptional = false,
  onChange,
}: {
  label: string;
  value: string;
  isOptional?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <label className="field">
      <span className="field__label">{label}</span>
      <input
        className="input"
        type="datetime-local"
        required={!isOptional}
        value={value}
        onChange={({ target }) => onChange(target.value.slice(0, 16))}
      />
    </label>
  );
}
