import type { ReactNode } from 'react';
import './lead.css';

/** The one sentence that a page begins with, in a band of the colour of what it says; facts in quieter words below it. */
export function Lead({
  state,
  sentence,
  facts,
  action,
  children,
}: {
  state: 'good' | 'warning' | 'danger' | 'unknown';
  sentence: ReactNode;
  facts?: ReactNode;
  action?: ReactNode;
  /** Below all that, as wide as the band: a strip, a live line. */
  children?: ReactNode;
}) {
  return (
    <header className="lead" data-state={state}>
      <div className="lead__words">
        <h1>{sentence}</h1>
        {facts !== undefined && <p>{facts}</p>}
      </div>
      {action !== undefined && <div>{action}</div>}
      {children !== undefined && <div className="lead__picture">{children}</div>}
    </header>
  );
}
