import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Choice } from '../../design/choice.tsx';
import { Segments } from '../../design/segments.tsx';
import { THEMES, type Theme, applyTheme, chosenTheme } from '../../design/theme.ts';
import { LANGUAGES, type Language, isLanguage } from '../../texts/language.ts';
import { keepLanguage, pageLanguage } from '../../texts/page-language.ts';
import { TimeZoneChoice } from './time-zone-choice.tsx';

/** Theme, language and time zone of this browser. */
export function Appearance() {
  const t = useTranslations('settings');
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  return (
    <section className="card">
      <h2>{t('appearance')}</h2>
      <Segments
        label={t('theme')}
        options={THEMES.map((value) => ({ value, text: t(`themes.${value}`) }))}
        value={theme}
        onChange={(chosen) => {
          setTheme(chosen);
          applyTheme(chosen);
        }}
      />
      <div className="columns">
        <Choice<Language>
          label={t('language')}
          options={Object.entries(LANGUAGES).flatMap(([value, text]) =>
            isLanguage(value) ? [{ value, text }] : [],
          )}
          value={pageLanguage()}
          onChange={(language) => {
            keepLanguage(language);
            location.reload();
          }}
        />
        <TimeZoneChoice />
      </div>
    </section>
  );
}
