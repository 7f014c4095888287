import './dot.css';

export type DotState = 'here' | 'away' | 'waiting' | 'blocked' | 'unknown';

/** Each state has a shape of its own: full, a ring, half, a bar across, a broken ring. */
const SHAPES: Record<DotState, string> = {
  here: 'M5 0a5 5 0 1 1 0 10a5 5 0 0 1 0-10z',
  away: 'M5 0a5 5 0 1 1 0 10a5 5 0 0 1 0-10zm0 2a3 3 0 1 0 0 6a3 3 0 0 0 0-6z',
  waiting: 'M5 0a5 5 0 1 1 0 10a5 5 0 0 1 0-10zm0 2v6a3 3 0 0 0 0-6z',
  blocked: 'M5 0a5 5 0 1 1 0 10a5 5 0 0 1 0-10zM2 4v2h6v-2z',
  unknown:
    'M3.5.23a5 5 0 0 1 3 0l-.6 1.9a3 3 0 0 0-1.8 0zM9.05 2.06a5 5 0 0 1 .92 2.86l-2 .03a3 3 0 0 0-.55-1.7zM9.3 7.5a5 5 0 0 1-2.43 2.07l-.75-1.85a3 3 0 0 0 1.46-1.25zM3.13 9.57A5 5 0 0 1 .7 7.5l1.72-1.03a3 3 0 0 0 1.46 1.25zM.03 4.92a5 5 0 0 1 .92-2.86l1.63 1.19a3 3 0 0 0-.55 1.7z',
};

/** How a thing is, in colour and shape. `label` is for those who see neither, unless it is shown beside it. */
export function Dot({
  state,
  label,
  isLabelShown = false,
}: {
  state: DotState;
  label?: string | undefined;
  isLabelShown?: boolean;
}) {
  return (
    <span className="dot" data-state={state}>
      <svg viewBox="0 0 10 10" aria-hidden>
        <path d={SHAPES[state]} fillRule="evenodd" />
      </svg>
      {label !== undefined && (
        <span className={isLabelShown ? 'dot__label' : 'visually-hidden'}>{label}</span>
      )}
    </span>
  );
}
