/**
 * The service worker, which does nothing but push: it shows what is pushed, presses the buttons, and tells the server when the
 * browser's address at its push service changes. It is between no page and the server (docs/decisions/0019). One file
 * without imports; the build takes the types out and leaves the rest.
 */
declare const self: ServiceWorkerGlobalScope;

type Button = { label: string; url: string };
/** What a button did, and why it does not hold yet. */
type Done = { title: string; text: string };
type Pushed = {
  tag: string;
  language: string;
  title: string;
  text: string;
  url: string;
  buttons: readonly Button[];
};

/** What the page kept in the browser (web/src/push/subscription.ts). */
type Kept = { key: string; endpoint: string; channels: readonly { home: string; id: string }[] };

const KEPT = { cache: 'netpilot-push', url: '/push/kept' };
const ICON = '/icon-192.png';

const WORDS = {
  en: {
    done: 'Done.',
    something: 'Something happened at home: open NetPilot.',
    failed: 'That did not work. Tap to see why.',
  },
  de: {
    done: 'Erledigt.',
    something: 'Zu Hause ist etwas passiert: Öffne NetPilot.',
    failed: 'Das hat nicht geklappt. Tipp hier, um zu sehen, warum.',
  },
};

self.addEventListener('push', (event) => {
  event.waitUntil(show(event.data?.text() ?? ''));
});

self.addEventListener('notificationclick', (event) => {
  event.waitUntil(act(event.notification, event.action));
});

self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renew());
});

/** A browser wants to see a notification for each push, also for one that cannot be read. */
async function show(text: string): Promise<void> {
  const pushed = parse(text);
  if (pushed === undefined)
    return notify('NetPilot', { body: wordsIn(navigator.language).something, data: { url: '/' } });
  const { title, text: body, tag, language: lang, url, buttons } = pushed;
  return notify(title, { body, tag, lang, renotify: true, data: { url, buttons } }, buttons);
}

function notify(
  title: string,
  options: NotificationOptions & { renotify?: boolean },
  buttons: readonly Button[] = [],
): Promise<void> {
  const shown = {
    icon: ICON,
    ...options,
    // A browser leaves out those that it has no room for: the page has them all.
    actions: buttons.map(({ label }, index) => ({ action: String(index), title: label })),
  };
  return self.registration.showNotification(title, shown);
}

/** Opens the page of an alert, or does what the button says. */
async function act(notification: Notification, action: string): Promise<void> {
  notification.close();
  const { url, buttons = [] }: { url: string; buttons?: readonly Button[] } = notification.data;
  const button = action === '' ? undefined : buttons[Number(action)];
  if (button === undefined) return openPage(url);
  const { lang, tag } = notification;
  const done = await press(button, lang);
  return notify(done?.title ?? wordsIn(lang).failed, {
    ...(done !== undefined && { body: done.text }),
    tag,
    lang,
    silent: true,
    data: { url: done === undefined ? button.url : url },
  });
}

/** Does it, once. Undefined if it did not work: the page of the link says why. */
async function press({ url }: Button, language: string): Promise<Done | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'accept-language': language },
    });
    if (!answer.ok) return undefined;
    const { done, reason }: { done: string; reason: string | null } = await answer.json();
    return { title: done, text: reason ?? wordsIn(language).done };
  } catch {
    return undefined;
  }
}

async function openPage(url: string): Promise<void> {
  const { href } = new URL(url, self.location.href);
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = windows.find((one) => one.url === href);
  await (open === undefined ? self.clients.openWindow(href) : open.focus());
}

/** The browser has another address now, or needs one: the channels get it, by the one that they had. */
async function renew(): Promise<void> {
  const cache = await caches.open(KEPT.cache);
  const stored = await cache.match(KEPT.url);
  if (stored === undefined) return;
  const kept: Kept = await stored.json();
  const subscription =
    (await self.registration.pushManager.getSubscription()) ??
    (await self.registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: kept.key,
    }));
  const { endpoint, keys } = subscription.toJSON();
  if (endpoint === undefined || endpoint === kept.endpoint) return;
  const body = JSON.stringify({ before: kept.endpoint, settings: { endpoint, keys } });
  const answers = await Promise.all(
    kept.channels.map(({ home, id }) =>
      fetch(`/api/v1/homes/${home}/alert-channels/${id}/subscription`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    ),
  );
  // Signed out: the page tries again when somebody is.
  if (answers.some(({ status }) => status === 401)) return;
  await cache.put(KEPT.url, Response.json({ ...kept, endpoint }));
}

function parse(text: string): Pushed | undefined {
  try {
    const { tag, language, title, text: body, url, buttons }: Partial<Pushed> = JSON.parse(text);
    if (title === undefined || body === undefined || url === undefined) return undefined;
    return {
      tag: tag ?? '',
      language: language ?? 'en',
      title,
      text: body,
      url,
      buttons: buttons ?? [],
    };
  } catch {
    return undefined;
  }
}

function wordsIn(language: string): (typeof WORDS)['en'] {
  return language.startsWith('de') ? WORDS.de : WORDS.en;
}
