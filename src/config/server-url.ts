import { decode } from './database.ts';
import { isHost } from './reader.ts';

/** A server that a URL names, and how one signs in there. */
export type Server = {
  host: string;
  port: number;
  /** Encrypted from the first byte. */
  isTls: boolean;
  login: { user: string; password: string } | undefined;
};

/**
 * The server of `smtps://user:password@mail.example.com` and the like; undefined if it is not such a URL. A password without a user
 * is a login too: its user is empty.
 * @param defaultPorts by what the URL begins with (`smtp:`); the encrypted ones end with `s:`
 */
export function parseServerUrl(
  text: string,
  defaultPorts: Readonly<Record<string, number>>,
): Server | undefined {
  const url = URL.parse(text);
  const defaultPort = url && defaultPorts[url.protocol];
  if (!url || !defaultPort || /[?#]/.test(text) || !['', '/'].includes(url.pathname))
    return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const [user, password] = [decode(url.username), decode(url.password)];
  if (!isHost(host) || user === undefined || password === undefined) return undefined;
  return {
    host,
    port: Number(url.port || defaultPort),
    isTls: url.protocol.endsWith('s:'),
    login: user === '' && password === '' ? undefined : { user, password },
  };
}
