import { useTranslations } from 'use-intl';
import { Field } from '../../design/field.tsx';
import {
  type Entered,
  type FieldName,
  TARGET_FIELDS,
  type TargetKind,
  isOptional,
} from './fields.ts';

/** What a person enters for a kind of channel. */
export function TargetFields({
  kind,
  entered,
  wrong,
  onChange,
}: {
  kind: TargetKind;
  entered: Entered;
  /** The field that the server did not accept. */
  wrong: string | undefined;
  onChange: (entered: Entered) => void;
}) {
  const t = useTranslations('alerts');
  const hint = useHint(kind);
  return TARGET_FIELDS[kind].map((field) => (
    <Field
      key={field}
      label={
        isOptional(kind, field)
          ? t('optional', { field: t(`fields.${field}`) })
          : t(`fields.${field}`)
      }
      value={entered[field] ?? ''}
      maxLength={2000}
      autoComplete="off"
      spellCheck="false"
      {...hint(field)}
      error={wrong === field ? t('doesNotFit') : undefined}
      onChange={(value) => onChange({ ...entered, [field]: value })}
    />
  ));
}

/** What helps to fill a field in. */
function useHint(kind: TargetKind): (field: FieldName) => { description?: string } {
  const t = useTranslations('alerts.fieldHints');
  return (field) => {
    if (field === 'server' && kind === 'ntfy')
      return { description: t('serverOf', { server: 'https://ntfy.sh' }) };
    if (field === 'url') return { description: t('server') };
    if (field === 'key' || field === 'user') return {};
    return { description: t(field) };
  };
}
