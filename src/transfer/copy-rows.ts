import type { Address } from './legacy/address.ts';
import type { Microseconds } from './legacy/timestamp.ts';

/** `PGCOPY\n\377\r\n\0`, no flags, no extension (PostgreSQL manual, COPY, Binary Format). */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const TRAILER = Buffer.from('ffff', 'hex');
/** From 1970 to 2000, where PostgreSQL's time begins, in microseconds. */
const EPOCH = 946_684_800_000_000;
const TWO_32 = 4_294_967_296;
const FAMILY_V4 = 2;
const FAMILY_V6 = 3;

/** Rows in COPY's binary format, built up in one buffer: no escaping, and nothing for the server to parse. */
export type CopyRows = {
  begin: (columns: number) => void;
  smallint: (value: number) => void;
  integer: (value: number) => void;
  boolean: (value: boolean) => void;
  text: (value: string | null) => void;
  macaddr: (value: number | null) => void;
  inet: (value: Address) => void;
  timestamptz: (value: Microseconds | null) => void;
  /** What tells devices apart, as a uuid: the hardware address, else the address. */
  identity: (mac: number | null, ip: Address) => void;
  /** Bytes built up so far. */
  size: () => number;
  /** Gives what was built up, and starts anew in another buffer. */
  take: () => Buffer;
};

export function createCopyRows(): CopyRows {
  let buffer = Buffer.allocUnsafeSlow(1_572_864);
  let spare = Buffer.allocUnsafeSlow(1_572_864);
  let at = HEADER.copy(buffer);

  const reserve = (bytes: number) => {
    if (at + bytes <= buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, at + bytes));
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
  };
  const int32 = (value: number) => {
    at = buffer.writeInt32BE(value, at);
  };
  const mac = (value: number) => {
    at = buffer.writeUIntBE(value, at, 6);
  };
  const absent = () => int32(-1);

  return {
    begin: (columns) => {
      reserve(columns * 32);
      at = buffer.writeInt16BE(columns, at);
    },
    smallint: (value) => {
      int32(2);
      at = buffer.writeInt16BE(value, at);
    },
    integer: (value) => {
      int32(4);
      int32(value);
    },
    boolean: (value) => {
      int32(1);
      at = buffer.writeUInt8(value ? 1 : 0, at);
    },
    text: (value) => {
      if (value === null) return absent();
      // The longest UTF-8 of a UTF-16 unit, and the fixed columns after it.
      reserve(value.length * 3 + 512);
      const length = buffer.write(value, at + 4, 'utf8');
      int32(length);
      at += length;
    },
    macaddr: (value) => {
      if (value === null) return absent();
      int32(6);
      mac(value);
    },
    inet: (value) => {
      const bytes = typeof value === 'number' ? 4 : 16;
      int32(4 + bytes);
      buffer[at] = typeof value === 'number' ? FAMILY_V4 : FAMILY_V6;
      buffer[at + 1] = bytes * 8;
      buffer[at + 2] = 0;
      buffer[at + 3] = bytes;
      at += 4;
      if (typeof value === 'number') at = buffer.writeUInt32BE(value, at);
      else {
        buffer.set(value, at);
        at += 16;
      }
    },
    timestamptz: (value) => {
      if (value === null) return absent();
      const since = value - EPOCH;
      const high = Math.floor(since / TWO_32);
      int32(8);
      int32(high);
      at = buffer.writeUInt32BE(since - high * TWO_32, at);
    },
    identity: (macValue, ip) => {
      int32(16);
      if (macValue !== null) {
        buffer.fill(0xff, at, at + 10);
        at += 10;
        mac(macValue);
      } else if (typeof ip === 'number') {
        // As ::ffff:a.b.c.d: the same address in the other notation is the same device.
        buffer.fill(0, at, at + 10);
        buffer.fill(0xff, at + 10, at + 12);
        at = buffer.writeUInt32BE(ip, at + 12);
      } else {
        buffer.set(ip, at);
        at += 16;
      }
    },
    size: () => at - HEADER.length,
    take: () => {
      reserve(TRAILER.length);
      at += TRAILER.copy(buffer, at);
      const taken = buffer.subarray(0, at);
      [buffer, spare] = [spare, buffer];
      at = HEADER.copy(buffer);
      return taken;
    },
  };
}
