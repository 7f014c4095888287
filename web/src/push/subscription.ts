/** Web Push of this browser: whether there is any, its subscription, and which channels have it (web/worker/push-worker.ts). */
import { api, expectOk } from '../api/client.ts';

/** A subscription as a channel takes it. */
type PushSettings = { endpoint: string; keys: { p256dh: string; auth: string } };
type KeptChannel = { home: string; id: string };
/** What the worker finds when the browser's address changes. */
type Kept = { key: string; endpoint: string; channels: readonly KeptChannel[] };

const WORKER = '/push-worker.js';
/** A path that no page has: the worker is between no page and the server. */
const SCOPE = '/push/';
const KEPT = { cache: 'netpilot-push', url: '/push/kept' };

export type PushSupport =
  | 'ready'
  /** Somebody has refused notifications of this site: only the browser's settings change that. */
  | 'denied'
  /** Not without TLS. */
  | 'insecure'
  /** An iPhone or iPad, on which only an installed app may. */
  | 'install'
  | 'none';

export function pushSupport(): PushSupport {
  if (!window.isSecureContext) return 'insecure';
  const has = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  if (has) return Notification.permission === 'denied' ? 'denied' : 'ready';
  // An iPad says that it is a Mac; no Mac is touched.
  const isApple = /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  return isApple && !matchMedia('(display-mode: standalone)').matches ? 'install' : 'none';
}

/** Why a browser was not subscribed. */
export class PushError extends Error {
  readonly reason: 'denied' | 'unreachable';

  constructor(reason: PushError['reason'], options?: ErrorOptions) {
    super(`this browser was not subscribed: ${reason}`, options);
    this.name = 'PushError';
    this.reason = reason;
  }
}

/** Asks the person, and subscribes. Throws PushError. @param key the server's, as the API has it */
export async function subscribe(key: string): Promise<PushSettings> {
  if ((await Notification.requestPermission()) !== 'granted') throw new PushError('denied');
  const { pushManager } = await registerWorker();
  try {
    const before = await pushManager.getSubscription();
    // Of another key: nothing could be sent there.
    if (before !== null && keyOf(before) !== key) await before.unsubscribe();
    return settingsOf(
      await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }),
    );
  } catch (error) {
    throw new PushError('unreachable', { cause: error });
  }
}

/** Has a channel follow the browser's address. */
export async function keepChannel(
  key: string,
  { endpoint }: PushSettings,
  channel: KeptChannel,
): Promise<void> {
  const others = (await readKept())?.channels.filter(({ id }) => id !== channel.id) ?? [];
  await writeKept({ key, endpoint, channels: [...others, channel] });
}

/** The channels that come to this browser, in any home. */
export async function keptChannels(): Promise<readonly KeptChannel[]> {
  return 'caches' in window ? ((await readKept())?.channels ?? []) : [];
}

/** Tells the server if the browser has another address than the channels: while nobody was signed in it could not be told. */
export async function followSubscription(): Promise<void> {
  if (pushSupport() !== 'ready') return;
  const [kept, registration] = await Promise.all([
    readKept(),
    navigator.serviceWorker.getRegistration(SCOPE),
  ]);
  const subscription = await registration?.pushManager.getSubscription();
  if (kept === undefined || !subscription || subscription.endpoint === kept.endpoint) return;
  const settings = settingsOf(subscription);
  for (const { home, id } of kept.channels)
    await expectOk(
      api.PUT('/api/v1/homes/{home_id}/alert-channels/{id}/subscription', {
        params: { path: { home_id: home, id } },
        body: { before: kept.endpoint, settings },
      }),
    );
  await writeKept({ ...kept, endpoint: settings.endpoint });
}

/** Ends it, as the next person at this browser must not see what is told to another. The server notices. */
export async function forgetPush(): Promise<void> {
  if (!window.isSecureContext || !('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
  await registration?.unregister();
  await caches.delete(KEPT.cache);
}

/** The worker, once it runs. */
async function registerWorker(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  const coming = registration.installing ?? registration.waiting;
  if (registration.active === null && coming !== null)
    await new Promise<void>((resolve) => {
      coming.addEventListener('statechange', () => coming.state === 'activated' && resolve());
    });
  return registration;
}

function settingsOf(subscription: PushSubscription): PushSettings {
  const { keys = {} } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys;
  return { endpoint: subscription.endpoint, keys: { p256dh, auth } };
}

/** The server's key that a subscription is for, in base64url. */
function keyOf({ options }: PushSubscription): string | undefined {
  if (options.applicationServerKey === null) return undefined;
  const bytes = new Uint8Array(options.applicationServerKey);
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

async function readKept(): Promise<Kept | undefined> {
  const stored = await (await caches.open(KEPT.cache)).match(KEPT.url);
  if (stored === undefined) return undefined;
  const kept: Kept = await stored.json();
  return kept;
}

async function writeKept(kept: Kept): Promise<void> {
  await (await caches.open(KEPT.cache)).put(KEPT.url, Response.json(kept));
}
