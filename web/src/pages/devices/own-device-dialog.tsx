import { useTranslations } from 'use-intl';
import { Dialog } from '../../design/dialog.tsx';

/** Asks before a person blocks the device they are using. */
export default function OwnDeviceDialog({
  name,
  onBlock,
  onClose,
}: {
  name: string;
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
      <p>{t('ownText')}</p>
    </Dialog>
  );
}
