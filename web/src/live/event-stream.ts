import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { EVENT_POSITION, type Event as LiveEvent, meQuery } from '../api/queries.ts';
import { createRefresher } from './refresh.ts';

/** `open`: what is shown is up to date. `lost`: it may be old; it is tried again by itself. */
type Connection = 'connecting' | 'open' | 'lost';

/** A loss that is over before that is not worth a word. */
const PATIENCE_MS = 1_500;
const RETRY_MS = 2_000;
/** A page that nobody looks at gives its connection back after so long: browsers have few for one host. */
const HIDDEN_MS = 30_000;

let connection: Connection = 'connecting';
const listeners = new Set<() => void>();

/**
 * Keeps every query up to date by the server's events, from where they stood when the document was made:
 * whatever is fetched afterwards is at least as new. The returned function ends it.
 */
export function followEvents(queryClient: QueryClient): () => void {
  const tell = createRefresher(queryClient);
  let source: EventSource | undefined;
  let position = String(queryClient.getQueryData(EVENT_POSITION) ?? '');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let complaint: ReturnType<typeof setTimeout> | undefined;

  const after = (delay: number, action: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  const open = () => {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(`/api/v1/events${position && `?last_event_id=${position}`}`);
    source.addEventListener('ready', ({ data, lastEventId }: MessageEvent<string>) => {
      position = lastEventId;
      clearTimeout(complaint);
      complaint = undefined;
      setConnection('open');
      const { resumed }: { resumed: boolean } = JSON.parse(data);
      if (!resumed) tell('everything');
    });
    source.addEventListener('message', ({ data, lastEventId }: MessageEvent<string>) => {
      position = lastEventId;
      const event: LiveEvent = JSON.parse(data);
      tell(event);
    });
    source.addEventListener('error', () => {
      complaint ??= setTimeout(() => setConnection('lost'), PATIENCE_MS);
      // The browser tries again by itself, but not after an answer that is no stream: a 503, or a 401
      // where the session is over: asking who one is leads to the sign-in then.
      if (source?.readyState !== EventSource.CLOSED) return;
      void queryClient.prefetchQuery({ ...meQuery, staleTime: 0 });
      after(RETRY_MS, open);
    });
  };
  const close = () => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
    clearTimeout(complaint);
    complaint = undefined;
  };
  const onVisibility = () => {
    if (document.hidden) after(HIDDEN_MS, close);
    else if (source === undefined) open();
    else if (source.readyState === EventSource.OPEN) clearTimeout(timer);
  };

  open();
  window.addEventListener('online', open);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    close();
    window.removeEventListener('online', open);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}

/** How the stream is, for the banner. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
    () => 'connecting',
  );
}

/** Whether what changes arrives by itself. */
export function isLive(): boolean {
  return connection === 'open';
}

function setConnection(next: Connection): void {
  connection = next;
  for (const listener of listeners) listener();
}
