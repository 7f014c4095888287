/** A progress bar on the terminal. */
export type Progress = {
  /** Sets how much is done. `label` names the current step. */
  update: (label: string, done: number, total: number) => void;
  /** Removes the bar from the screen. */
  end: () => void;
};

const WIDTH = 30;
const REDRAW_MS = 100;
/** No estimate of the time left before that. */
const GUESS_AFTER_MS = 1_000;

/**
 * Draws on a terminal only, and never with `--json`. An interruption removes the bar before anything
 * else is printed.
 */
export function createProgress(
  json: boolean,
  signal: AbortSignal,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  let ended = json || !stream.isTTY;
  let drawn = 0;
  let step = { label: '', since: 0 };
  const end = () => {
    if (!ended && drawn > 0) stream.write('\r\u001b[K');
    ended = true;
  };
  signal.addEventListener('abort', end, { once: true });
  return {
    end,
    update: (label, done, total) => {
      const now = performance.now();
      if (ended || (label === step.label && now - drawn < REDRAW_MS)) return;
      if (label !== step.label) step = { label, since: now };
      drawn = now;
      const line = formatBar(label, done, total, now - step.since);
      // A terminal of unknown width reports 0.
      stream.write(`\r${line.slice(0, (stream.columns || 80) - 1)}\u001b[K`);
    },
  };
}

/** `Reading  ██████████░░░░░░░░░░  50 %, 12 s left` */
export function formatBar(label: string, done: number, total: number, elapsedMs: number): string {
  const part = total > 0 ? Math.min(done / total, 1) : 1;
  const full = Math.floor(part * WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
  const left =
    elapsedMs < GUESS_AFTER_MS || part === 0 || part === 1
      ? ''
      : `, ${formatSeconds(((elapsedMs / part) * (1 - part)) / 1000)} left`;
  return `${label}  ${bar} ${String(Math.floor(part * 100)).padStart(3)} %${left}`;
}

function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
