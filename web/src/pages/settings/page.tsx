import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, unwrap, expectOk } from '../../api/client.ts';
import { type Me, meQuery, sessionsQuery, tokensQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Field } from '../../design/field.tsx';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { THEMES, type Theme, applyTheme, chosenTheme } from '../../design/theme.ts';
import { showToast } from '../../design/toast.ts';
import { signsInByLink } from '../../served-text.ts';
import { LANGUAGES, type Language, isLanguage } from '../../texts/language.ts';
import { keepLanguage, pageLanguage } from '../../texts/page-language.ts';
import { AnotherDevice } from './another-device.tsx';
import './page.css';
import { Data } from './data.tsx';
import { Sessions } from './sessions.tsx';
import { Tokens } from './tokens.tsx';
import { TimeZoneChoice } from './time-zone-choice.tsx';

/** The account: profile, appearance, sessions, tokens, export and deletion. */
export function SettingsPage() {
  const t = useTranslations('settings');
  const me = useQuery(meQuery);
  // Together: what comes later would shift what is below it.
  const queries = [me, useQuery(sessionsQuery), useQuery(tokensQuery)];
  const isPending = queries.some((query) => query.isPending);
  // Only those that never loaded: a section that appeared with an error would fetch again, and vanish while it does.
  const failed = queries.filter((query) => query.isLoadingError);
  return (
    <div className="page settings">
      <header className="page__heading">
        <h1>{t('title')}</h1>
      </header>
      {isPending && <Skeleton height={480} />}
      <QueryProblem queries={failed} />
      {me.isSuccess && !isPending && failed.length === 0 && (
        <>
          <Profile me={me.data} />
          <Appearance />
          <Sessions />
          {signsInByLink() && <AnotherDevice />}
          <Tokens />
          <Data me={me.data} />
        </>
      )}
    </div>
  );
}

function Profile({ me }: { me: Me }) {
  const t = useTranslations();
  const onError = useProblemToast();
  const queryClient = useQueryClient();
  const [name, setName] = useState(me.full_name ?? '');
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH('/api/v1/me', {
          body: { full_name: name.trim() === '' ? null : name.trim() },
        }),
      ),
    onSuccess: (changed) => {
      queryClient.setQueryData(meQuery.queryKey, changed);
      showToast({ text: t('settings.saved') });
    },
  });
  const signOut = useMutation({
    mutationFn: () => expectOk(api.POST('/auth/sign-out')),
    onSuccess: () => location.assign('/sign-in'),
    onError,
  });
  return (
    <section className="card">
      <h2>{t('settings.profile')}</h2>
      <Field label={t('settings.email')} value={me.email} isReadOnly />
      <Field
        label={t('settings.name')}
        value={name}
        maxLength={255}
        onChange={setName}
        error={save.error?.message}
      />
      <div className="dialog__actions">
        <Button disabled={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('action.signOut')}
        </Button>
        <Button
          variant="primary"
          disabled={name.trim() === (me.full_name ?? '') || save.isPending}
          onClick={() => save.mutate()}
        >
          {t('action.save')}
        </Button>
      </div>
    </section>
  );
}

function Appearance() {
  const t = useTranslations('settings');
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  return (
    <section className="card">
      <h2>{t('appearance')}</h2>
      <div className="columns">
        <Choice
          label={t('theme')}
          options={THEMES.map((value) => ({ value, text: t(`themes.${value}`) }))}
          value={theme}
          onChange={(chosen) => {
            setTheme(chosen);
            applyTheme(chosen);
          }}
        />
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
