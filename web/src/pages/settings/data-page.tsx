import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { Button, buttonClass } from '../../design/button.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { useResumedAct } from '../../design/remembered-act.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld, signInTooOld } from '../../design/sign-in-too-old.ts';
import { useRights } from '../../homes/current.ts';
import { SettingsFrame } from './frame.tsx';

/** All that belongs to the account, to take along and to bring. */
export function DataPage() {
  const t = useTranslations('settings');
  const { isOwner } = useRights();
  return (
    <SettingsFrame section="data">
      <section className="card">
        <h2>{t('export')}</h2>
        <p className="quiet">{t('exportHint')}</p>
        <div className="dialog__actions">
          <Export />
        </div>
      </section>
      {isOwner && (
        <section className="card">
          <h2>{t('import')}</h2>
          <p className="quiet">{t('importHint')}</p>
          <div className="dialog__actions">
            <Link to="/settings/data/import" className={buttonClass('plain')}>
              {t('importFiles')}
            </Link>
          </div>
        </section>
      )}
    </SettingsFrame>
  );
}

/** A download cannot say that it needs a new sign-in: that is asked first. */
function Export() {
  const t = useTranslations('settings');
  const onError = useProblemToast();
  const download = useMutation({
    mutationFn: async () => {
      const { items, sign_in_url } = await unwrap(api.GET('/api/v1/sessions'));
      if (!items.some((session) => session.is_current && session.is_fresh))
        throw signInTooOld(sign_in_url);
      location.assign('/api/v1/me/export');
    },
    onError,
  });
  useResumedAct('export', () => download.mutate());
  return (
    <>
      <Button disabled={download.isPending} onClick={() => download.mutate()}>
        {t('exportAll')}
      </Button>
      {isSignInTooOld(download.error) && (
        <SignInAgain
          signInUrl={download.error.signInUrl}
          act="export"
          onRetry={() => download.mutate()}
          onClose={() => download.reset()}
        />
      )}
    </>
  );
}
