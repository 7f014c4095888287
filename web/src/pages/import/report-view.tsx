import { useFormatter, useTranslations } from 'use-intl';
import type { ImportReport } from '../../api/client.ts';
import { useRemarkText } from './remark.ts';
import { useReportWords } from './report-words.ts';

/** Rejected records that are shown; the server keeps all of them. */
const SHOWN = 100;
const COUNTS = ['read', 'written', 'unchanged', 'rejected'] as const;

/** Every record accounted for: read = written + unchanged + rejected. */
export function ReportView({ report }: { report: ImportReport }) {
  const t = useTranslations('import');
  const format = useFormatter();
  const remarkText = useRemarkText();
  const words = useReportWords();
  const rows = [...report.tables, { file: t('all'), table: '', ...report.totals }];
  return (
    <section className="card" aria-label={t('report')}>
      <h2 role="status">{t(`outcomes.${report.outcome}`)}</h2>
      <p>{words(report)}</p>
      <details>
        <summary>{t('details')}</summary>
        <div className="import__table">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('file')}</th>
                {COUNTS.map((count) => (
                  <th key={count} scope="col">
                    {t(`counts.${count}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.file} ${row.table}`}>
                  <th scope="row">
                    {row.file} <span className="quiet">{row.table}</span>
                  </th>
                  {COUNTS.map((count) => (
                    <td key={count}>{format.number(row[count])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      {report.rejects.length > 0 && <h2>{t('counts.rejected')}</h2>}
      <ul className="import__notes">
        {report.rejects.slice(0, SHOWN).map((reject) => (
          <li key={[reject.file, reject.table, reject.key, reject.field].join(' ')}>
            <code>
              {[reject.file, reject.table, reject.key, reject.field].filter(Boolean).join(' › ')}
            </code>{' '}
            {reject.value !== null && <span className="name mono">{reject.value}</span>}{' '}
            {remarkText(reject, reject.reason)}
          </li>
        ))}
        {report.totals.rejected > SHOWN && (
          <li className="quiet">{t('moreRejected', { count: report.totals.rejected - SHOWN })}</li>
        )}
        {report.left_out.map((left) => (
          <li key={left.file} className="quiet">
            <code>{left.file}</code> {remarkText(left, left.reason)}
          </li>
        ))}
        {report.notes.map((note) => (
          <li key={`${note.file} ${note.note}`} className="quiet">
            <code>{note.file}</code> {remarkText(note, note.note)}{' '}
            {note.count > 1 && `(${format.number(note.count)}×)`}
          </li>
        ))}
      </ul>
    </section>
  );
}
