/** What goes wrong when something is sent, in plain words: what happened, and what to do. None names the target, whose address can be a secret. */
import type { MailError } from './mail.ts';
import type { TargetAnswer, TargetProblem } from './guarded-request.ts';

export const TARGET_PROBLEMS: Record<TargetProblem, string> = {
  'not-a-url': 'This is not an address of the web: it begins with https:// and a name.',
  'has-credentials':
    'The address has a user name or a password in it: leave them out, and use a token if there is one.',
  'bad-port': 'This port is not one of a web server: 443, and those from 1024 on, can be reached.',
  'no-tls':
    'The address must begin with https://: without encryption others could read what is sent.',
  refused:
    'The address is not on the internet (a home network, this machine, or reserved), and the operator of this NetPilot does not allow it (ALERT_NETWORKS).',
  'name-not-found': 'The name of the server cannot be found: check its spelling.',
  'no-connection': 'The server cannot be reached: it is off, or nothing listens at that port.',
  tls: 'The server has no valid certificate for its name: renew it, or check the name.',
  'too-slow': 'The server did not answer within 5 seconds.',
  'ended-early': 'The server ended the connection without an answer.',
};

export const MAIL_PROBLEMS: Record<MailError['problem'], string> = {
  'no-server': 'The mail server of this NetPilot cannot be reached: tell its operator (SMTP_URL).',
  refused:
    'The mail server refused the e-mail: tell the operator of this NetPilot, whose log says why.',
  'too-slow': 'The mail server did not answer in time.',
  'not-now': 'The mail server takes no e-mail just now; it is tried again.',
};

export const NO_MAIL =
  'This NetPilot sends no e-mail any more: its operator has removed the mail server (SMTP_URL).';

/** Undefined if the target has taken the message. */
export function problemOfStatus({ status }: Pick<TargetAnswer, 'status'>): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400)
    return `The server sent us to another address (${status}), which is not followed: enter that address.`;
  return `${MEANINGS[status] ?? (status >= 500 ? BROKEN : REFUSED)} (${status}).`;
}

const REFUSED = 'The server did not accept the message';
const BROKEN = 'The server has a problem of its own';
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The server did not understand the message: check the address and what you entered',
  401: 'The server does not know the token or password: enter it again',
  403: 'The server does not allow this token to send here',
  404: 'The server has nothing at this address: check it',
  405: 'The server takes no messages at this address: check it',
  410: 'Nobody receives messages there any more',
  413: 'The server found the message too long',
  429: 'The server has had too many messages; it is tried again later',
};
