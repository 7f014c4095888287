import { InvalidInputError } from '../errors.ts';
import type { ImportReport, Reject } from './report.ts';

/** Records were rejected and must not be skipped: nothing was written. The report lists them. */
export class RejectedRecordsError extends InvalidInputError {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    const { rejected } = report.totals;
    const records = rejected === 1 ? '1 record' : `${rejected} records`;
    const [first] = report.rejects;
    super(
      report.rejects.slice(0, 100).map(({ file, table, key, field, value, reason }) => ({
        field: [file, table, key, field].filter((part) => part !== '').join(': '),
        ...(value !== null && { value }),
        expected: `something else: it ${reason}`,
      })),
      `${records} cannot be imported as ${rejected === 1 ? 'it stands' : 'they stand'}; nothing was written. The first: ${first === undefined ? 'none' : describeReject(first)}.`,
    );
    this.report = report;
  }

  override get extensions(): object {
    return { report: this.report };
  }
}

/** Where a rejected record is, and what is wrong with it. */
export function describeReject({ file, table, key, field, value, reason }: Reject): string {
  const place = [file, table && `table ${table}`, key && `record ${key}`, field]
    .filter((part) => part !== '')
    .join(', ');
  return `${place} ${value === null ? '' : `(${value}) `}${reason}`;
}
