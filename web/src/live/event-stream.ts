import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

/** `open`: what is shown is up to date. `lost`: it may be old; the browser tries again by itself. */
type Connection = 'connecting' | 'open' | 'lost';

let connection: Connection = 'connecting';
const listeners = new Set<() => void>();

/** What an event of a subject makes old, by the beginning of its type. */
const MAKES_OLD: Record<string, readonly string[]> = {
  device: ['devices'],
  router: ['routers', 'policy'],
  policy: ['policy', 'routers'],
  whitelist: ['whitelist', 'devices', 'policy'],
  blacklist: ['blacklist', 'devices', 'policy'],
  block: ['blocks', 'devices', 'policy'],
  import: ['devices', 'routers', 'imports'],
  session: ['sessions'],
  user: ['me'],
  setting: ['settings'],
};

/**
 * Keeps every query up to date by the server's events, until the returned function is called. Events
 * that come close together make one request. The browser resumes a lost stream by Last-Event-ID.
 */
export function followEvents(queryClient: QueryClient): () => void {
  const source = new EventSource('/api/v1/events');
  const old = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = () => {
    timer = undefined;
    for (const name of old) void queryClient.invalidateQueries({ queryKey: [name] });
    old.clear();
  };
  source.addEventListener('message', (event) => {
    const [subject = ''] = readType(event).split('.');
    for (const name of [...(MAKES_OLD[subject] ?? []), 'audit']) old.add(name);
    timer ??= setTimeout(refresh, 100);
  });
  source.addEventListener('open', () => {
    // What happened while it was lost is sent again; what is older than the server keeps is fetched.
    if (connection === 'lost') void queryClient.invalidateQueries();
    setConnection('open');
  });
  source.addEventListener('error', () => setConnection('lost'));
  return () => {
    source.close();
    clearTimeout(timer);
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
