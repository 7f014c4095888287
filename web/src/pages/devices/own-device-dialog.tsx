import { useTranslations } from 'use-intl';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';

/** Asks before a person cuts off the device in their own hand. */
export default function OwnDeviceDialog({
  name,
  onBlock,
  onClose,
}: {
  name: string;
  onBlock: () => void;
  onClose: () => void;
}) {
  const t = useTranslations();
  return (
    <Dialog
      role="alertdialog"
      title={t('devices.ownTitle', { name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="danger" onClick={onBlock}>
            {t('devices.block')}
          </Button>
        </>
      }
    >
      <p>{t('devices.ownText')}</p>
    </Dialog>
  );
}
