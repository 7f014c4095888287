import { ClientOnly } from '@tanstack/react-router';
import { type ReactNode, Suspense, lazy } from 'react';
import type { DrawingName } from './drawings.tsx';
import './drawing.css';

/** Beside the page: its lines are no part of the code that a page waits for. */
const Drawing = lazy(() => import('./drawings.tsx'));

/** What a page or a list says when it has nothing to show: a drawing of what will be there, a sentence, and what to do. */
export function Empty({
  drawing,
  title,
  children,
  action,
  heading: Heading = 'h2',
}: {
  drawing: DrawingName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** `h1` if it is the whole page. */
  heading?: 'h1' | 'h2' | 'h3';
}) {
  return (
    <div className="empty">
      <span className="empty__drawing" aria-hidden>
        <ClientOnly>
          <Suspense>
            <Drawing name={drawing} />
          </Suspense>
        </ClientOnly>
      </span>
      <Heading>{title}</Heading>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}
