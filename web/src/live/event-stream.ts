import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

/** `open`: what is shown is up to date. `lost`: it may be old; it is tried again. */
type Connection = 'connecting' | 'open' | 'lost';

/** Before a stream that the browser has given up is opened anew. */
const AGAIN_MS = 3_000;
/** Events that come closer together than this make one request. */
const GATHER_MS = 100;

/** What an event of a subject makes old, by the beginning of its type. */
const MAKES_OLD: Record<string, readonly string[]> = {
  device: ['devices'],
  router: ['routers', 'policy'],
  policy: ['policy', 'routers'],
  whitelist: ['whitelist', 'devices', 'policy'],
  blacklist: ['blacklist', 'devices', 'policy'],
  block: ['blocks', 'devices', 'policy'],
  import: ['devices', 'routers', 'policy', 'whitelist', 'blacklist', 'blocks'],
  session: ['sessions'],
  token: ['tokens'],
  user: ['me'],
};

let connection: Connection = 'connecting';
const listeners = new Set<() => void>();

/** Keeps every query up to date by the server's events, until the returned function is called. */
export function followEvents(queryClient: QueryClient): () => void {
  const old = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource;
  let lastEventId = '';

  const refresh = () => {
    gathering = undefined;
    for (const name of old) void queryClient.invalidateQueries({ queryKey: [name] });
    old.clear();
  };
  const open = () => {
    const after = lastEventId === '' ? '' : `?last_event_id=${lastEventId}`;
    source = new EventSource(`/api/v1/events${after}`);
    source.addEventListener('message', (event) => {
      lastEventId = event.lastEventId;
      const [subject = ''] = readType(event).split('.');
      for (const name of [...(MAKES_OLD[subject] ?? []), 'audit']) old.add(name);
      gathering ??= setTimeout(refresh, GATHER_MS);
    });
    source.addEventListener('ready', (event) => {
      // What happened while it was lost is sent again; where the server cannot, all is read again.
      if (connection === 'lost' && !isResumed(event)) void queryClient.invalidateQueries();
      lastEventId = event.lastEventId;
      setConnection('open');
    });
    source.addEventListener('error', () => {
      setConnection('lost');
      if (source.readyState !== EventSource.CLOSED) return;
      // A refusal: the session may be over, which asking who one is brings to light.
      void queryClient.invalidateQueries({ queryKey: ['me'] });
      again = setTimeout(open, AGAIN_MS);
    });
  };
  open();
  return () => {
    source.close();
    clearTimeout(gathering);
    clearTimeout(again);
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
  );
}

function setConnection(next: Connection): void {
  connection = next;
  for (const listener of listeners) listener();
}

/** The data of an event is JSON with its `type`: `device.changed`. */
function readType({ data }: MessageEvent<string>): string {
  const event: { type?: unknown } = JSON.parse(data);
  return typeof event.type === 'string' ? event.type : '';
}

function isResumed({ data }: MessageEvent<string>): boolean {
  const greeting: { resumed?: unknown } = JSON.parse(data);
  return greeting.resumed === true;
}
