import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';
import { nameCell } from '../secret-cell.ts';
import { sessionCookieName } from './authentication.ts';
import { ATTEMPT_MINUTES } from './attempts.ts';

/** The row decides how long a session lasts; this is the maximum. */
const SESSION_SECONDS = 7 * 24 * 60 * 60;

type Settings = Pick<Config, 'publicUrl' | 'lanAddress' | 'cell'>;

/** Browsers keep no `Secure` cookie of a site without TLS, except for loopback: a home network's have to do without. */
function attributesOf({ lanAddress }: Settings) {
  return { httpOnly: true, secure: lanAddress === undefined, sameSite: 'lax', path: '/' } as const;
}

export function setSessionCookie(reply: FastifyReply, config: Settings, token: string): void {
  void reply.setCookie(sessionCookieName(config), nameCell(config.cell?.number, token), {
    ...attributesOf(config),
    maxAge: SESSION_SECONDS,
  });
}

/** Has the browser forget its session, and what it has kept of the answers. */
export function clearSessionCookie(reply: FastifyReply, config: Settings): void {
  void reply.clearCookie(sessionCookieName(config), attributesOf(config));
  void reply.header('clear-site-data', '"cache"');
}

/** The key by which the browser is recognised at the callback, or undefined if it sends none of ours. */
export function readBrowserKey(request: FastifyRequest, config: Settings): string | undefined {
  const cookie = request.cookies[browserCookieName(config)];
  const { valid, value } =
    cookie === undefined ? { valid: false, value: null } : request.unsignCookie(cookie);
  return valid && value !== null ? value : undefined;
}

/** The browser's key, kept by the browser as long as a sign-in may take; a new one if it had none. */
export function giveBrowserKey(
  request: FastifyRequest,
  reply: FastifyReply,
  config: Settings,
): string {
  const key = readBrowserKey(request, config) ?? randomBytes(32).toString('base64url');
  void reply.setCookie(browserCookieName(config), key, {
    ...attributesOf(config),
    signed: true,
    maxAge: ATTEMPT_MINUTES * 60,
  });
  return key;
}

function browserCookieName({ publicUrl }: Settings): string {
  return publicUrl.startsWith('https:') ? '__Host-netpilot_sign_in' : 'netpilot_sign_in';
}
