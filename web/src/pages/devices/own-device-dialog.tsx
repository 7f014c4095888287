import { useTranslations } from 'use-intl';
import type { Behind } from '../../api/client.ts';
import { Dialog } from '../../design/dialog.tsx';

/** Asks before a person blocks the device they are using, or several devices that share its MAC. */
export default function OwnDeviceDialog({
  name,
  behind,
  onBlock,
  onClose,
}: {
  name: string;
  behind: readonly Behind[];
  onBlock: () => void;
  onClose: () => void;
}) {
  const t = useTranslations('devices');
  return (
    <Dialog
      title={t('ownTitle', { name })}
      onClose={onClose}
      confirm={{ text: t('block'), variant: 'danger', onClick: onBlock }}
    >
      {behind.length === 0 ? (
        <p>{t('ownText')}</p>
      ) : (
        <>
          <p>{t('sharedText')}</p>
          <ul>
            {behind.map(({ ip, name: seen }) => (
              <li key={ip}>
                {seen !== null && (
                  <>
                    <bdi>{seen}</bdi>{' '}
                  </>
                )}
                <span className="mono">{ip}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
