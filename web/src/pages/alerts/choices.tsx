import type { ChosenKind } from '../../../../src/alerts/kinds.ts';
import { useTranslations } from 'use-intl';
import type { Role } from '../../api/home-queries.ts';
import { Choice } from '../../design/choice.tsx';
import { Field } from '../../design/field.tsx';
import { LANGUAGES, isLanguage } from '../../texts/language.ts';
import { KindsChoice } from './kinds-choice.tsx';

type MessageLanguage = keyof typeof LANGUAGES;

/** English for a language that alerts are not written in. */
export function messageLanguage(name: string): MessageLanguage {
  return isLanguage(name) ? name : 'en';
}

/** What a person decides of every kind of channel. */
export type Choices = {
  name: string;
  wanted: readonly ChosenKind[];
  language: MessageLanguage;
};

export function ChoicesFields({
  role,
  choices,
  onChange,
}: {
  role: Role;
  choices: Choices;
  onChange: (choices: Choices) => void;
}) {
  const t = useTranslations('alerts');
  return (
    <>
      <Field
        label={t('name')}
        value={choices.name}
        maxLength={255}
        onChange={(name) => onChange({ ...choices, name })}
      />
      <KindsChoice
        role={role}
        wanted={choices.wanted}
        onChange={(wanted) => onChange({ ...choices, wanted })}
      />
      <Choice
        label={t('language')}
        options={Object.entries(LANGUAGES).flatMap(([value, text]) =>
          isLanguage(value) ? [{ value, text }] : [],
        )}
        value={choices.language}
        onChange={(language) => onChange({ ...choices, language })}
      />
    </>
  );
}
