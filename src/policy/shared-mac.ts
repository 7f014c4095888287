/** Several devices behind one MAC: a repeater puts its own on the frames of all who are behind it. */
import { ConflictError } from '../errors.ts';
import type { PreparedBlock } from './blocking.ts';

/** One address behind a MAC, and the device that was seen there with a MAC of its own, if one was. */
export type Behind = { ip: string; device_id: string | null; name: string | null };

/** A conflict that the caller can resolve: the problem lists all who are behind the MAC, and names `confirm`. */
export class SharedMacError extends ConflictError {
  readonly behind: readonly Behind[];

  constructor(mac: string | null, behind: readonly Behind[]) {
    const all = behind.map(({ ip, name }) => (name === null ? ip : `${name} (${ip})`)).join(', ');
    super(
      `Several devices share the MAC ${mac ?? ''}, as they do behind a repeater. This blocks all of them: ${all}. Send "confirm": true if you want that.`,
    );
    this.behind = behind;
  }

  override get extensions() {
    return {
      errors: [{ field: 'confirm', expected: 'true, to block everybody behind this MAC' }],
      behind: this.behind,
    };
  }
}

/** Throws SharedMacError if one MAC of the device has several IPv4 addresses. (Of IPv6 ones every device has several.) */
export function refuseSharedMac({ target, behind }: PreparedBlock): void {
  if (behind.length > 0) throw new SharedMacError(target.device_mac, behind);
}
