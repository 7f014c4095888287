import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, ask, tell } from '../../api/client.ts';
import { type Me, meQuery, sessionsQuery, tokensQuery } from '../../api/queries.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { ProblemNotice, Skeleton } from '../../design/notice.tsx';
import { useProblemText } from '../../design/problem-text.ts';
import { THEMES, type Theme, applyTheme, chosenTheme } from '../../design/theme.ts';
import { showToast } from '../../design/toast.ts';
import { LANGUAGES, type Language, isLanguage } from '../../texts/language.ts';
import { keepLanguage, pageLanguage } from '../../texts/page-language.ts';
import './page.css';
import { Sessions } from './sessions.tsx';
import { Tokens } from './tokens.tsx';
import { TimeZoneChoice } from './time-zone-choice.tsx';

/** Oneself: who one is, where one is signed in, how it looks, and the way out. */
export function SettingsPage() {
  const t = useTranslations('settings');
  const me = useQuery(meQuery);
  // Together: what came later would shift what is below it.
  const queries = [me, useQuery(sessionsQuery), useQuery(tokensQuery)];
  const isPending = queries.some((query) => query.isPending);
  // A section that appeared with an error would fetch again by itself, and vanish while it does.
  const failed = queries.find((query) => query.isLoadingError);
  return (
    <div className="page settings">
      <header className="page__heading">
        <h1>{t('title')}</h1>
      </header>
      {isPending && <Skeleton height={480} />}
      {failed?.error && (
        <ProblemNotice
          error={failed.error}
          onRetry={() => {
            for (const query of queries) void query.refetch();
          }}
        />
      )}
      {me.isSuccess && !isPending && failed === undefined && (
        <>
          <Profile me={me.data} />
          <Appearance />
          <Sessions />
          <Tokens />
          <Data me={me.data} />
        </>
      )}
    </div>
  );
}

function Profile({ me }: { me: Me }) {
  const t = useTranslations();
  const problemText = useProblemText();
  const queryClient = useQueryClient();
  const [name, setName] = useState(me.full_name ?? '');
  const save = useMutation({
    mutationFn: () =>
      ask(
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
    mutationFn: () => tell(api.POST('/auth/sign-out')),
    onSuccess: () => location.assign('/sign-in'),
    onError: (error) => showToast({ text: problemText(error) }),
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
          look="primary"
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
      <div className="settings__choices">
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

function Data({ me }: { me: Me }) {
  const t = useTranslations('settings');
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="card">
      <h2>{t('data')}</h2>
      <p className="quiet">{t('exportHint')}</p>
      <div className="dialog__actions">
        <a className={buttonClass('plain')} href="/api/v1/me/export" download>
          {t('export')}
        </a>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('deleteAccount')}
        </Button>
      </div>
      {isAsking && <DeleteDialog me={me} onClose={() => setAsking(false)} />}
    </section>
  );
}

function DeleteDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const t = useTranslations();
  const [email, setEmail] = useState('');
  const remove = useMutation({
    mutationFn: () => tell(api.DELETE('/api/v1/me', { body: { email } })),
    onSuccess: () => location.assign('/sign-in'),
  });
  return (
    <Dialog
      role="alertdialog"
      title={t('settings.deleteTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            look="danger"
            disabled={email !== me.email || remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t('settings.deleteAccount')}
          </Button>
        </>
      }
    >
      <p>{t('settings.deleteText')}</p>
      <Field
        label={t('settings.confirmEmail', { email: me.email })}
        value={email}
        onChange={setEmail}
        error={remove.error?.message}
      />
    </Dialog>
  );
}
