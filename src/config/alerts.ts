import { normalizeEmail } from '../email.ts';
import { parseNetworks } from './dialling.ts';
import { isLoopback } from './loopback.ts';
import { NOT_SHOWN, type Reader } from './reader.ts';
import { type Server, parseServerUrl } from './server-url.ts';

/** What alerts may use to leave this machine. */
export type AlertsConfig = {
  /** The operator's mail server, and who the mail is from; absent: no e-mail is sent. */
  mail: MailConfig | undefined;
  /** Addresses and networks, besides the internet's, in which users may have targets. */
  networks: string[];
};

export type MailConfig = {
  /** As it was given, with the password. */
  url: string;
  server: Server;
  /** `NetPilot <netpilot@example.com>`, or the address alone. */
  from: string;
  /** Whether the connection must be encrypted before anything is said. */
  needsTls: boolean;
};

/** Reads SMTP_URL, MAIL_FROM and ALERT_NETWORKS. */
export function parseAlerts(reader: Reader): AlertsConfig {
  return { mail: parseMail(reader), networks: parseNetworks(reader, 'ALERT_NETWORKS') };
}

function parseMail(reader: Reader): MailConfig | undefined {
  const url = reader.secret('SMTP_URL');
  const from = parseSender(reader);
  if (url === undefined) {
    if (from !== undefined)
      reader.fail({
        field: 'SMTP_URL',
        expected: 'the mail server that sends as MAIL_FROM, or no MAIL_FROM',
      });
    return undefined;
  }
  if (!reader.isSet('MAIL_FROM'))
    reader.fail({ field: 'MAIL_FROM', expected: 'the address that e-mail of SMTP_URL comes from' });
  const server = parseMailServer(url);
  if (server === undefined)
    reader.fail({
      field: 'SMTP_URL',
      value: NOT_SHOWN,
      expected:
        'a mail server, as smtps://user:password@mail.example.com:465 (special characters of the password as in a URL: %40 for @)',
    });
  return server && { url, server, from: from ?? '', needsTls: !isLoopback(server.host) };
}

const DEFAULT_PORTS = { 'smtp:': 587, 'smtps:': 465 };

/** Undefined if it is not the URL of a mail server. Without a user nobody signs in. */
function parseMailServer(text: string): Server | undefined {
  const server = parseServerUrl(text, DEFAULT_PORTS);
  return server?.login?.user === '' ? { ...server, login: undefined } : server;
}

/** An address, or a name and an address in angle brackets. */
function parseSender(reader: Reader): string | undefined {
  const value = reader.text('MAIL_FROM');
  if (value === undefined) return undefined;
  const [, name, bracketed] = /^([^<>"\p{Cc}]*)<([^<>\s]+)>$/u.exec(value) ?? [];
  const email = normalizeEmail(bracketed ?? value);
  if (email === undefined || /[<>,;"\s]/.test(email)) {
    const expected = 'an e-mail address, as NetPilot <netpilot@example.com>';
    reader.fail({ field: 'MAIL_FROM', value, expected });
    return undefined;
  }
  return name === undefined ? email : `${name.trim()} <${email}>`;
}
