import { Lightbulb } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { DeviceDetail } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { useRights } from '../../homes/current.ts';
import { useChangeDevice } from '../devices/actions.ts';
import { knownType } from '../devices/type.tsx';

/** What a device probably is and is called, with the reason, and a button that takes it over. Nothing if people have said it. */
export function Guesses({ device }: { device: DeviceDetail }) {
  const t = useTranslations();
  const { canChange } = useRights();
  const change = useChangeDevice();
  const { type_guess, name_guess, device_type, device_name } = device;
  const type = knownType(type_guess?.type ?? null);
  return (
    <>
      {type_guess && device_type === null && type !== undefined && (
        <Guess
          text={t('device.guess', { type: t(`devices.types.${type}`) })}
          reason={t(`device.guessReasons.${type_guess.reason}`, {
            evidence: type_guess.evidence ?? '',
          })}
          {...(canChange && {
            onUse: () => change.mutate({ device, change: { device_type: type } }),
          })}
        />
      )}
      {name_guess !== null && device_name === null && (
        <Guess
          text={t('device.nameGuess', { name: name_guess })}
          reason={t('device.guessReasons.hostname', { evidence: device.hostname ?? '' })}
          {...(canChange && {
            onUse: () => change.mutate({ device, change: { device_name: name_guess } }),
          })}
        />
      )}
    </>
  );
}

function Guess({ text, reason, onUse }: { text: string; reason: string; onUse?: () => void }) {
  const t = useTranslations('device');
  return (
    <div className="device__guess">
      <Lightbulb aria-hidden className="icon" />
      <span className="rows__main">
        <bdi>{text}</bdi>
        <span className="quiet">{reason}</span>
      </span>
      {onUse && (
        <Button onClick={onUse} aria-label={`${t('useGuess')}: ${text}`}>
          {t('useGuess')}
        </Button>
      )}
    </div>
  );
}
