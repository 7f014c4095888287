import { useTranslations } from 'use-intl';
import { COLOURS, type Colour } from '../../../../src/homes/colours.ts';

/** Chooses the colour that a person is drawn in. */
export function ColourChoice({
  value,
  onChange,
}: {
  value: string;
  onChange: (colour: Colour) => void;
}) {
  const t = useTranslations('people');
  return (
    <fieldset className="people__colours">
      <legend className="field__label">{t('colour')}</legend>
      {COLOURS.map((colour) => (
        <label key={colour} className="people__colour">
          <input
            type="radio"
            name="colour"
            className="visually-hidden"
            aria-label={t(`colours.${colour}`)}
            checked={value === colour}
            onChange={() => onChange(colour)}
          />
          <span
            className="avatar"
            data-colour={colour}
            data-letter={value === colour ? '✓' : ''}
            aria-hidden
          />
        </label>
      ))}
    </fieldset>
  );
}
