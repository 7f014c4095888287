/** A browser by script: keeps cookies, follows redirects by hand, and stops at a given URL. */

/** Where a visit ended. */
export type Page = { url: URL; status: number; headers: Headers; text: string };

export type Browser = {
  /**
   * Opens an address and follows its redirects.
   * @param stopAt path at which to stop before it is asked for
   */
  visit: (url: string | URL, stopAt?: string) => Promise<Page>;
  send: (method: string, url: string | URL, headers?: Record<string, string>) => Promise<Page>;
  /** Value of a cookie that it holds for an origin. */
  cookie: (origin: string, name: string) => string | undefined;
  /** Drops the cookies that it holds for an origin. */
  forget: (origin: string) => void;
  /** Every Set-Cookie line it was ever given. */
  received: string[];
};

const MOST_REDIRECTS = 20;

/** @param headers sent with each request, such as the User-Agent */
export function createBrowser(headers: Record<string, string> = {}): Browser {
  const jars = new Map<string, Map<string, string>>();
  const received: string[] = [];

  const keep = (origin: string, line: string) => {
    received.push(line);
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    if (/;\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  };

  const send: Browser['send'] = async (method, address, more = {}) => {
    const url = new URL(address);
    const jar = [...(jars.get(url.origin) ?? [])];
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...headers,
        ...more,
        ...(jar.length > 0 && { cookie: jar.map((pair) => pair.join('=')).join('; ') }),
      },
    });
    for (const line of response.headers.getSetCookie()) keep(url.origin, line);
    const { status } = response;
    return { url, status, headers: response.headers, text: await response.text() };
  };

  const visit: Browser['visit'] = async (address, stopAt) => {
    let page = await send('GET', address);
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects += 1) {
      const location = page.headers.get('location');
      if (location === null) return page;
      const url = new URL(location, page.url);
      if (url.pathname === stopAt) return { ...page, url };
      page = await send('GET', url);
    }
    throw new Error(`${String(address)} redirects without end`);
  };

  return {
    visit,
    send,
    cookie: (origin, name) => jars.get(origin)?.get(name),
    forget: (origin) => void jars.delete(origin),
    received,
  };
}
