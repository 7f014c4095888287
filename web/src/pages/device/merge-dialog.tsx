import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { isRestricted, useAccessText } from '../../access/text.ts';
import { peopleQuery } from '../../api/home-queries.ts';
import type { Device, DeviceDetail } from '../../api/queries.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Fact } from '../../design/fact.tsx';
import { deviceLabel } from '../devices/label.ts';

/** What of two entries is left when they are one: shown before they are merged. */
export function MergeDialog({
  device,
  other,
  onClose,
  onMerge,
}: {
  device: DeviceDetail;
  other: Device;
  onClose: () => void;
  /** With the name of the other one, if that is kept. */
  onMerge: (name: string | undefined) => void;
}) {
  const t = useTranslations('device');
  const { state } = useAccessText();
  const { data: people = [] } = useQuery(peopleQuery);
  // Somebody has named the other one only.
  const [isOthersName, setOthersName] = useState(
    device.device_name === null && other.device_name !== null,
  );
  const [name, otherName] = [deviceLabel(device), deviceLabel(other)];
  const personId = device.person_id ?? other.person_id;
  const restricted = [device, other].filter(({ access }) => isRestricted(access));
  return (
    <Dialog
      title={t('mergeTitle', { name, other: otherName })}
      onClose={onClose}
      confirm={{
        text: t('mergeIt'),
        variant: 'primary',
        onClick: () => onMerge(isOthersName ? otherName : undefined),
      }}
    >
      <fieldset className="device__names">
        <legend>{t('keepName')}</legend>
        {[name, otherName].map((each, index) => (
          <label key={index === 0 ? 'own' : 'other'}>
            <input
              type="radio"
              name="kept"
              checked={isOthersName === (index === 1)}
              onChange={() => setOthersName(index === 1)}
            />
            <bdi>{each}</bdi>
          </label>
        ))}
      </fieldset>
      <dl className="facts">
        <Fact name={t('keeps.history')}>{t('keeps.ofBoth')}</Fact>
        <Fact name={t('keeps.addresses')}>
          {t('keeps.macs', { count: device.macs.length + other.macs.length })}
        </Fact>
        <Fact name={t('person')}>
          <bdi>{people.find(({ id }) => id === personId)?.name ?? t('nobody')}</bdi>
        </Fact>
        <Fact name={t('keeps.rules')}>{t('keeps.forBoth')}</Fact>
      </dl>
      {restricted.map((each) => (
        <p key={each.id}>
          {t('keeps.restricted', { name: deviceLabel(each), state: state(each.access) })}
        </p>
      ))}
      <p className="quiet">{t('keeps.undone')}</p>
    </Dialog>
  );
}
