import { useTranslations } from 'use-intl';
import type { DeviceDetail } from '../../api/queries.ts';
import { useBytesText } from '../../design/bytes.ts';
import { Fact } from '../../design/fact.tsx';
import { RelativeTime } from '../../design/time.tsx';

/** Where the device is, or was last: facts of a `dl.facts`. */
export function PlaceFacts({ device }: { device: DeviceDetail }) {
  const t = useTranslations('device');
  const { rate } = useBytesText();
  const { place } = device;
  if (place === null) return null;
  const { network, port, ssid, band, signal, down, up, since } = place;
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
          {t(`signals.${strengthOf(signal)}`)} ({t('decibels', { signal })}
          {down !== null && up !== null && `, ${rate(down)} ↓ ${rate(up)} ↑`})
        </Fact>
      )}
      <Fact name={t('placedSince')}>
        <RelativeTime moment={since} />
      </Fact>
    </>
  );
}

/** How well a router hears a device, in words: what each step is good for is a rule of thumb. */
function strengthOf(dBm: number): 'strong' | 'good' | 'fair' | 'weak' {
  if (dBm >= -55) return 'strong';
  if (dBm >= -67) return 'good';
  return dBm >= -75 ? 'fair' : 'weak';
}
