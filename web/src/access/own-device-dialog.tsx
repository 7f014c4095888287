import { useTranslations } from 'use-intl';
import { Dialog } from '../design/dialog.tsx';

/** Asks before a change cuts off the device in use. */
export default function OwnDeviceDialog({
  onConfirm,
  onClose,
}: {
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useTranslations('access');
  return (
    <Dialog
      title={t('ownTitle')}
      onClose={onClose}
      confirm={{ text: t('ownAnyway'), variant: 'danger', onClick: onConfirm }}
    >
      <p>{t('ownText')}</p>
    </Dialog>
  );
}
