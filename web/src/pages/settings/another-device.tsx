import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api, unwrap } from '../../api/client.ts';
import { Button } from '../../design/button.tsx';
import { Copyable } from '../../design/copyable.tsx';
import { useProblemToast } from '../../design/problem.ts';
import { useResumedAct } from '../../design/remembered-act.ts';
import { SignInAgain } from '../../design/sign-in-again.tsx';
import { isSignInTooOld } from '../../design/sign-in-too-old.ts';
import { QrCode } from '../../design/qr-code.tsx';
import { DateTime } from '../../design/time.tsx';

/** A one-time link, as a QR code too, that signs the same person in on another device. */
export function AnotherDevice() {
  const t = useTranslations('settings.another');
  const onError = useProblemToast();
  const link = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/sign-in-links')),
    onError,
  });
  useResumedAct('signInDevice', () => link.mutate());
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <p className="quiet">{t('hint')}</p>
      {link.isSuccess && (
        <div role="status" className="settings__another">
          {link.data.is_loopback ? (
            <p>{t('here')}</p>
          ) : (
            <>
              <p>{t('scan')}</p>
              <QrCode text={link.data.sign_in_link} label={t('code')} />
              <p>{t('orOpen')}</p>
            </>
          )}
          <Copyable text={link.data.sign_in_link} label={t('copy')} />
          <p className="quiet">
            {t('until')} <DateTime moment={link.data.expires_at} />.
          </p>
        </div>
      )}
      {isSignInTooOld(link.error) && (
        <SignInAgain
          signInUrl={link.error.signInUrl}
          act="signInDevice"
          onRetry={() => link.mutate()}
          onClose={() => link.reset()}
        />
      )}
      <div className="dialog__actions">
        <Button disabled={link.isPending} onClick={() => link.mutate()}>
          {t(link.isSuccess ? 'again' : 'show')}
        </Button>
      </div>
    </section>
  );
}
