import { REMARKS, type RemarkCode } from './remarks.ts';

/** A remark for a person to read, with its code and values for programs that say it in another language. */
export type Remark = {
  readonly code: RemarkCode;
  readonly values: Readonly<Record<string, string | number>>;
  readonly text: string;
};

/** A remark with its values put in. */
export function remark(code: RemarkCode, values: Remark['values'] = {}): Remark {
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
