import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { EVENT_POSITION, type Event as LiveEvent, meQuery } from '../api/queries.ts';
import { createRefresher } from './refresh.ts';

/** `open`: the data is up to date. `lost`: it may be stale; reconnecting goes on. */
type Connection = 'connecting' | 'open' | 'lost';

/** A shorter loss is not shown. */
const GRACE_MS = 1_500;
const RETRY_MS = 2_000;
/** A hidden page closes its connection after this time: browsers have few for one host. */
const HIDDEN_MS = 30_000;

let connection: Connection = 'connecting';
/** When it was last known to be open. */
let openUntil = new Date();
const listeners = new Set<() => void>();

/**
 * Keeps every query up to date by the server's events, starting with those after the document was made:
 * anything fetched later is at least as new. The returned function stops it.
 */
export function followEvents(queryClient: QueryClient): () => void {
  const refresh = createRefresher(queryClient);
  let source: EventSource | undefined;
  let position = String(queryClient.getQueryData(EVENT_POSITION) ?? '');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lossTimer: ReturnType<typeof setTimeout> | undefined;

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
      clearTimeout(lossTimer);
      lossTimer = undefined;
      setConnection('open');
      const { resumed }: { resumed: boolean } = JSON.parse(data);
      if (!resumed) refresh('everything');
    });
    source.addEventListener('message', ({ data, lastEventId }: MessageEvent<string>) => {
      position = lastEventId;
      const event: LiveEvent = JSON.parse(data);
      refresh(event);
    });
    source.addEventListener('error', () => {
      if (connection === 'open' && lossTimer === undefined) openUntil = new Date();
      lossTimer ??= setTimeout(() => setConnection('lost'), GRACE_MS);
      // The browser reconnects by itself, but not after an answer that is not a stream: a 503, or a 401
      // if the session is over. In that case the query for the user leads to the sign-in.
      if (source?.readyState !== EventSource.CLOSED) return;
      void queryClient.prefetchQuery({ ...meQuery, staleTime: 0 });
      after(RETRY_MS, open);
    });
  };
  const close = () => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
    clearTimeout(lossTimer);
    lossTimer = undefined;
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

/** The state of the stream, for the banner. */
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

/** Since when what is shown may be stale, if the connection is lost. */
export function lostSince(): Date {
  return openUntil;
}

/** Whether changes arrive by themselves. */
export function isLive(): boolean {
  return connection === 'open';
}

function setConnection(next: Connection): void {
  connection = next;
  for (const listener of listeners) listener();
}
