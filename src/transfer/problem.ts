import { REMARKS, type RemarkCode } from './remarks.ts';

/** A remark for a person to read, with its code and values for programs that say it in another language. */
export type Remark = {
  readonly code: RemarkCode;
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
};

/** Of a value, in characters: a file may have anything where a name is expected. */
const LONGEST_VALUE = 1_000;

/** A remark with its values put in. */
export function remark(code: RemarkCode, given: Remark['values'] = {}): Remark {
  const values = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'string' && value.length > LONGEST_VALUE
        ? `${value.slice(0, LONGEST_VALUE).toWellFormed()}…`
        : value,
    ]),
  );
  const text = REMARKS[code].replaceAll(/\{(\w+)\}/g, (place, name: string) =>
    String(values[name] ?? place),
  );
  return { code, values, text };
}

/** Why a record cannot be imported as it stands. Thrown by what reads it; the record is then rejected. */
export class Problem extends Error {
  /** The field that has the problem; '' for the record as a whole. */
  readonly field: string;
  readonly value: unknown;
  readonly reason: Remark;

  constructor(field: string, value: unknown, reason: Remark) {
    super(`${field} ${reason.text}`);
    this.field = field;
    this.value = value;
    this.reason = reason;
  }
}
