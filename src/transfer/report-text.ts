import { describeReject } from './rejected-records.ts';
import type { ImportReport, TableCount } from './report.ts';

/** The report as a person reads it, in lines. */
export function formatReport(report: ImportReport): string {
  const { totals, router_id } = report;
  const outcome = {
    imported: 'Imported.',
    'nothing new': 'Everything was there already: nothing was written.',
    'dry run': 'A dry run: nothing was kept.',
    stopped: 'Stopped: nothing was written.',
  }[report.outcome];
  const shown = report.rejects
    .slice(0, 100)
    .map((reject) => `Rejected: ${describeReject(reject)}.`);
  const more = totals.rejected - shown.length;
  const router = router_id === null ? [] : [`Router ${router_id}.`];
  const sections = [
    [outcome, ...router, `Dates without a zone were read as ${report.timezone}.`],
    [
      'Found:',
      ...report.generations.map(({ generation, files }) => `  ${generation}: ${files.join(', ')}`),
    ],
    formatCounts([...report.tables, { file: 'all', table: '', ...totals }]),
    report.left_out.map(({ file, reason }) => `Left out: ${file}: ${reason}.`),
    report.notes.map(
      ({ file, note, count }) => `Note: ${file}: ${note}${count > 1 ? ` (${count} times)` : ''}.`,
    ),
    shown,
    more > 0 ? [`… and ${more} more rejected.`] : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** A heading and a line for each, in columns. */
function formatCounts(counts: readonly TableCount[]): string[] {
  const names = Math.max(...counts.map(({ file }) => file.length));
  const tables = Math.max(...counts.map(({ table }) => table.length), 'table'.length);
  const line = (file: string, table: string, ...cells: readonly (string | number)[]) =>
    [
      file.padEnd(names),
      table.padEnd(tables),
      ...cells.map((cell) => String(cell).padStart(9)),
    ].join('  ');
  return [
    line('file', 'table', 'read', 'written', 'unchanged', 'rejected'),
    ...counts.map(({ file, table, read, written, unchanged, rejected }) =>
      line(file, table, read, written, unchanged, rejected),
    ),
  ];
}
