import { useEffect, useRef } from 'react';
import { useDateText } from './time.tsx';
import { timeZone } from '../texts/time-zone.ts';
import './line.css';

type Series = {
  name: string;
  /** A colour of tokens.css: `--tint-teal`. */
  colour: `--${string}`;
  /** As long as `at`; null where nothing is known. */
  values: readonly (number | null)[];
  /** Filled below. */
  isFilled?: boolean;
  /** In percent: by an axis of its own, from 0 to 100, at the other side. */
  isPercent?: boolean;
};

type LineProps = {
  /** What it says, for those who do not see it. */
  label: string;
  /** Unix times in seconds. */
  at: readonly number[];
  series: readonly Series[];
  /** A value in words, for its axis. */
  text?: (value: number) => string;
  /** A percentage in words, for the axis of those. */
  percentText?: (value: number) => string;
  /** The least that the top of the picture stands for. */
  top?: number;
  /** In rem. */
  height?: number;
};

/** Values over time as lines. The library of charts comes when the first is shown; the picture is as wide as its box. */
export function Line(props: LineProps) {
  // New values go into the chart that is there; other lines are another chart.
  const lines = props.series.map(({ name, colour }) => `${name} ${colour}`).join();
  return <OneChart key={lines} {...props} />;
}

function OneChart(props: LineProps) {
  const { label, at, series, text = String, percentText = String, top, height = 8 } = props;
  const place = useRef<HTMLDivElement>(null);
  const dateText = useDateText();
  const wanted = useRef<Drawn>(undefined);
  const chart = useRef<Chart>(undefined);
  useEffect(() => {
    wanted.current = { at, series, text, percentText, top, dateText };
    chart.current?.set(wanted.current);
  }, [at, series, text, percentText, top, dateText]);
  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      const { drawChart } = await import('./chart.ts');
      if (isGone || !place.current || !wanted.current) return;
      chart.current = drawChart(place.current, wanted.current, timeZone());
    };
    void draw();
    return () => {
      isGone = true;
      chart.current?.end();
      chart.current = undefined;
    };
  }, []);
  return (
    <div
      ref={place}
      className="line"
      role="img"
      aria-label={label}
      style={{ blockSize: `${height}rem` }}
    />
  );
}

/** What a chart shows. */
export type Drawn = {
  at: readonly number[];
  series: readonly Series[];
  text: (value: number) => string;
  percentText: (value: number) => string;
  top: number | undefined;
  dateText: ReturnType<typeof useDateText>;
};

/** A chart that is shown. */
export type Chart = { set: (drawn: Drawn) => void; end: () => void };
