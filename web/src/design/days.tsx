import { Strip } from './strip.tsx';

type Day = {
  /** As it is shown: "Thu". */
  name: string;
  /** The day's hours as shares from 0 to 9, as many as there are (24 or 48). */
  digits: string;
  /** What they add up to: "4 h". */
  sum: string;
};

/** Days as strips below each other, with what each adds up to: read as "Thu, 4 h". */
export function Days({ days, label }: { days: readonly Day[]; label: string }) {
  return (
    <ol className="days" aria-label={label}>
      {days.map(({ name, digits, sum }) => (
        <li key={name}>
          <span>{name}</span>
          <Strip digits={digits} label="" />
          <span className="days__sum">{sum}</span>
        </li>
      ))}
    </ol>
  );
}
