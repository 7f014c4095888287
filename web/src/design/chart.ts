import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Chart, Drawn } from './line.tsx';

/** Draws lines into a box, and again when the box changes its size. */
export function drawChart(box: HTMLElement, first: Drawn, timeZone: string | undefined): Chart {
  let drawn = first;
  const style = getComputedStyle(box);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const axis = {
    stroke: style.color,
    font: `${0.75 * rem}px ${style.fontFamily}`,
    ticks: { show: false },
    grid: { show: false },
  };
  const usual = widestOf(USUAL.map((share) => first.text(share * (first.top ?? 1))));
  const sizeOfBox = () => ({ width: box.clientWidth, height: box.clientHeight });
  const chart = new uPlot(
    {
      ...sizeOfBox(),
      legend: { show: false },
      cursor: { show: false },
      ...(timeZone !== undefined && {
        tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), timeZone),
      }),
      scales: {
        y: { range: (_chart, _low, high) => [0, Math.max(high * 1.1, drawn.top ?? 0, 1)] },
        percent: { range: [0, 100] },
      },
      axes: [
        {
          ...axis,
          size: 1.75 * rem,
          space: 4.5 * rem,
          values: (_chart, splits) => splits.map((seconds) => instantText(drawn, seconds)),
        },
        {
          ...axis,
          // As wide as any text is likely to be: a live line does not move what is beside it.
          size: (_chart, values) => Math.max(widestOf(values), usual) * 0.45 * rem + 0.75 * rem,
          space: 2.5 * rem,
          grid: { show: true, stroke: style.getPropertyValue('--line'), width: 1 },
          values: (_chart, splits) => splits.map((value) => drawn.text(value)),
        },
        ...(first.series.some(({ isPercent }) => isPercent) ? [percentAxis(axis, rem, first)] : []),
      ],
      series: [
        {},
        ...drawn.series.map(({ name, colour, isFilled = false, isPercent = false }) => {
          const stroke = colourOf(box, colour);
          return {
            label: name,
            scale: isPercent ? 'percent' : 'y',
            stroke,
            width: 2,
            points: { show: false },
            ...(isFilled && { fill: `color-mix(in srgb, ${stroke} 16%, transparent)` }),
          };
        }),
      ],
    },
    dataOf(drawn),
    box,
  );
  const resize = new ResizeObserver(() => chart.setSize(sizeOfBox()));
  resize.observe(box);
  return {
    set: (next) => {
      drawn = next;
      chart.setData(dataOf(next));
    },
    end: () => {
      resize.disconnect();
      chart.destroy();
    },
  };
}

/** At the other side: nothing, half and all. */
function percentAxis(axis: uPlot.Axis, rem: number, { percentText }: Drawn): uPlot.Axis {
  const splits = [0, 50, 100];
  return {
    ...axis,
    scale: 'percent',
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- Its enum exists for types alone.
    side: 1,
    splits,
    size: widestOf(splits.map(percentText)) * 0.45 * rem + 0.75 * rem,
    values: () => splits.map(percentText),
  };
}

/** The length of the longest text of an axis; uPlot first asks without any. */
function widestOf(values: readonly string[] | null): number {
  return Math.max(...(values ?? ['']).map((value) => value.length));
}

/** Shares of what the top stands for at least, whose texts are about as long as any. */
const USUAL = [0.125, 0.5, 1.25];

const DAY_S = 24 * 60 * 60;

/** As exact as the span needs it: a day, or a time. */
function instantText({ at, dateText }: Drawn, seconds: number): string {
  const span = (at.at(-1) ?? 0) - (at[0] ?? 0);
  return dateText(
    new Date(seconds * 1000),
    span > 2 * DAY_S ? { day: 'numeric', month: 'short' } : { timeStyle: 'short' },
  );
}

function dataOf({ at, series }: Drawn): uPlot.AlignedData {
  return [[...at], ...series.map(({ values }) => [...values])];
}

/** A colour of the tokens as the canvas takes it: it does not know `light-dark()`. */
function colourOf(box: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  box.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
