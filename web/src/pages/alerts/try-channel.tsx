import { useTranslations } from 'use-intl';
import type { Home } from '../../api/home-queries.ts';
import { Button } from '../../design/button.tsx';
import { Copyable } from '../../design/copyable.tsx';
import { Dialog } from '../../design/dialog.tsx';
import type { NewChannel } from './new-channel-form.tsx';
import { useTest } from './use-test.tsx';

/** A channel that was just added: its secret, once, and whether it works. */
export function TryChannel({
  home,
  channel,
  onClose,
}: {
  home: Home;
  channel: NewChannel;
  onClose: () => void;
}) {
  const t = useTranslations('alerts');
  const test = useTest(home.id, channel);
  return (
    <Dialog title={t('added', { name: channel.name })} onClose={onClose}>
      {channel.secret !== null && (
        <div role="status">
          <Copyable text={channel.secret} label={t('copySecret')} />
          <p className="quiet">{t('secretOnce')}</p>
        </div>
      )}
      <p>{t('addedHint')}</p>
      <div>
        <Button
          variant={test.isDelivered ? 'plain' : 'primary'}
          disabled={test.isRunning}
          onClick={() => test.send()}
        >
          {t('test')}
        </Button>
      </div>
      {test.result}
    </Dialog>
  );
}
