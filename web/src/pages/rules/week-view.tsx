import { type Segment, type Week, minutesOf } from './week.ts';
import { clockText, dayText } from './sentence.ts';
import { useWords } from './when.ts';
import './week-view.css';

const DAY_MINUTES = 24 * 60;
const MARKS = [6, 12, 18];

/** A week as a strip for each day, with what it restricts in words for those who do not see it. */
export function WeekView({ week }: { week: Week }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className="week">
      <ol className="week__days" aria-label={t('week')}>
        {week.map((segments, index) => (
          // A week has seven days, in this order.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <span className="week__day" aria-hidden>
              {dayText(words, index + 1, 'short')}
            </span>
            <Track segments={segments} />
            <DayText day={index + 1} segments={segments} />
          </li>
        ))}
      </ol>
      <p className="week__hours" aria-hidden>
        {[0, ...MARKS, 24].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </p>
    </div>
  );
}

/** The same without words, where a sentence beside it says it. */
export function WeekPicture({ week }: { week: Week }) {
  if (minutesOf(week) === 0) return undefined;
  return (
    <span className="week__picture" aria-hidden>
      {week.map((segments, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Track key={index} segments={segments} />
      ))}
    </span>
  );
}

function Track({ segments }: { segments: readonly Segment[] }) {
  return (
    <span className="week__track" aria-hidden>
      {segments.map(({ from, to, access }) => (
        <span
          key={from}
          data-access={access}
          style={{
            insetInlineStart: `${(from / DAY_MINUTES) * 100}%`,
            inlineSize: `${((to - from) / DAY_MINUTES) * 100}%`,
          }}
        />
      ))}
    </span>
  );
}

function DayText({ day, segments }: { day: number; segments: readonly Segment[] }) {
  const words = useWords();
  const { t, format } = words;
  const spans = segments.map(({ from, to, access }) =>
    t('span', {
      what: access === 'block' ? t('accessesOf.block') : t('accessesOf.limit'),
      from: clockText(words, from),
      to: clockText(words, to % DAY_MINUTES),
    }),
  );
  return (
    <span className="visually-hidden">
      {dayText(words, day, 'long')}
      {': '}
      {spans.length === 0 ? t('accessesOf.allow') : format.list(spans)}
    </span>
  );
}
