import { useTranslations } from 'use-intl';
import type { DeviceDetail } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Choice } from '../../design/choice.tsx';
import { useRights } from '../../homes/current.ts';
import { useChangeDevice } from '../devices/actions.ts';
import { DEVICE_TYPES, knownType } from '../devices/type.tsx';

const NOT_SET = '';

/** What a device is, as people have said or as it is guessed, with the reason: "yes", or what it is instead. */
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

/** What it is, as people say. */
export function TypeChoice({ device }: { device: DeviceDetail }) {
  const t = useTranslations();
  const change = useChangeDevice();
  const type = device.device_type;
  const isCustomType = type !== null && knownType(type) === undefined;
  return (
    <Choice
      label={t('device.itIs')}
      options={[
        { value: NOT_SET, text: t('device.noType') },
        ...(isCustomType ? [{ value: type, text: type }] : []),
        ...DEVICE_TYPES.map((value) => ({ value, text: t(`devices.types.${value}`) })),
      ]}
      value={type ?? NOT_SET}
      onChange={(chosen) =>
        change.mutate({ device, change: { device_type: chosen === NOT_SET ? null : chosen } })
      }
    />
  );
}

function Guess({ text, reason, onUse }: { text: string; reason: string; onUse?: () => void }) {
  const t = useTranslations('device');
  return (
    <div className="device__guess">
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
