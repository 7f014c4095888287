import { Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../design/button.tsx';
import { QrCode } from '../../design/qr-code.tsx';

/** Brings the line from a phone to the computer that has a terminal: with the phone's own sharing, else as a QR code. */
export function SendLine({ line, router }: { line: string; router: string }) {
  const t = useTranslations('routers.send');
  const [isShown, setShown] = useState(false);
  const text = t('text', { command: `ssh root@${router}`, line });
  const send = async () => {
    // Over plain HTTP, and in most browsers of computers, nothing can be shared.
    if (!('share' in navigator)) return setShown(!isShown);
    try {
      await navigator.share({ title: t('title'), text });
    } catch (error) {
      // Closing the list of places is not a failure; whatever else it was, the code does the same.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setShown(true);
    }
  };
  return (
    <>
      <Button aria-expanded={isShown} onClick={() => void send()}>
        <Send aria-hidden className="icon" />
        {t('button')}
      </Button>
      {isShown && (
        <div role="status" className="routers__send">
          <p>{t('scan')}</p>
          <QrCode text={text} label={t('code')} />
        </div>
      )}
    </>
  );
}
