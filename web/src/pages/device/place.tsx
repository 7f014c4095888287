import { useFormatter, useTranslations } from 'use-intl';
import type { DeviceDetail } from '../../api/queries.ts';
import { Fact } from '../../design/fact.tsx';
import { RelativeTime } from '../../design/time.tsx';

/** Where the device is, or was last: facts of a `dl.facts`. */
export function PlaceFacts({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const format = useFormatter();
  const { place } = device;
  if (place === null) return null;
  const { network, port, ssid, band, signal, down, up, since } = place;
  const rate = (bits: number) =>
    t('rate', { rate: format.number(bits / 1e6, { maximumFractionDigits: 0 }) });
  return (
    <>
      <Fact name={t('network')}>
        <bdi>{network ?? port}</bdi>
      </Fact>
      {ssid === null ? (
        <Fact name={t('port')}>{port}</Fact>
      ) : (
        <Fact name={t('wifi')}>
          <bdi>{ssid}</bdi>
          {band !== null && ` (${t('band', { band })})`}
        </Fact>
      )}
      {signal !== null && (
        <Fact name={t('signal')}>
          {t('decibels', { signal })}
          {down !== null && up !== null && `, ${rate(down)} ↓ ${rate(up)} ↑`}
        </Fact>
      )}
      <Fact name={t('placedSince')}>
        <RelativeTime moment={since} />
      </Fact>
    </>
  );
}
