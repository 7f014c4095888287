import type { RouterAccess } from '../api/app.ts';
import { ConflictError, UnavailableError } from '../errors.ts';

/**
 * Links a router over HTTP as the real agent does; gives where it dials.
 * Throws ConflictError if the server refuses the code, UnavailableError if it can't be reached.
 */
export async function register(
  url: string,
  registration: { code: string; router_id: string; public_key: string; name: string },
): Promise<RouterAccess> {
  const answer = await post(`${url}/agent/register`, new URLSearchParams(registration));
  const text = await answer.text();
  if (!answer.ok) throw new ConflictError(`${url} did not take the router: ${text}`);
  const values = new Map(
    text.split('\n').map((line) => {
      const [name = '', ...value] = line.split(' ');
      return [name, value.join(' ')];
    }),
  );
  const [host, port] = ['host', 'port'].map((name) => values.get(name));
  const hostKeys = [...text.matchAll(/^host_key (ssh-.*)$/gm)].map(([, key = '']) => key);
  if (host === undefined || port === undefined || hostKeys.length === 0)
    throw new UnavailableError(`${url} answered what is no answer to a router: ${text}`);
  return { host, port: Number(port), hostKeys };
}

async function post(url: string, body: URLSearchParams): Promise<Response> {
  try {
    return await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    throw new UnavailableError(`${url} cannot be reached.`, { cause: error });
  }
}
