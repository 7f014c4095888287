import { ALLOWED } from '../../access/text.ts';
import type { Device } from '../../api/queries.ts';
import { SLOW, type Wish } from './access-plan.ts';

/** What most likely holds then; the server's answer says what does. */
export function expectedOf({
  wanted,
  until,
  rate = SLOW,
}: Wish): Pick<Device, 'access' | 'is_blocked'> {
  if (wanted === 'on') return { access: ALLOWED, is_blocked: false };
  const isOff = wanted === 'off';
  const isByHand = isOff && until === undefined;
  const kind = isOff
    ? isByHand
      ? 'block'
      : 'pause'
    : until === undefined
      ? 'schedule'
      : 'exception';
  return {
    is_blocked: isByHand,
    access: {
      ...ALLOWED,
      access: isOff ? 'block' : 'limit',
      down_rate: isOff ? 0 : rate,
      up_rate: isOff ? 0 : rate,
      because: { ...ALLOWED.because, kind, target: isByHand ? null : 'device' },
      until: until === undefined ? null : new Date(until).toISOString(),
    },
  };
}
