/** Alerts by e-mail, through the operator's server. */
import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { MailConfig } from '../config/alerts.ts';
import { errorCode } from '../error-code.ts';
import { isTlsCode } from './guarded-request.ts';
import { within } from '../timeout.ts';
import type { AlertMessage } from './message.ts';
import type { Language } from './words.ts';
import { escapeHtml } from '../escape-html.ts';

/** A mail as nodemailer takes it. */
export type Mail = {
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  inReplyTo: string;
  references: string[];
  headers: Record<string, string>;
};

type MailContext = {
  from: string;
  to: string;
  publicUrl: string;
  channelId: string;
  /** Ends them, by one POST. */
  unsubscribeUrl: string;
};

/** Why a mail was not taken. The server's own words name addresses: they are for the log of the operator. */
export class MailError extends Error {
  readonly problem:
    | 'no-server'
    | 'tls'
    | 'no-login'
    | 'no-recipient'
    | 'refused'
    | 'too-slow'
    | 'not-now';

  constructor(problem: MailError['problem'], options?: ErrorOptions) {
    super(`the mail server did not take a mail: ${problem}`, options);
    this.name = 'MailError';
    this.problem = problem;
  }
}

/** The mail for an alert. Pure. All about one thing refer to the same first message, which need not exist, and so are one thread. */
export function mailOf(
  message: AlertMessage,
  { from, to, publicUrl, channelId, unsubscribeUrl }: MailContext,
): Mail {
  const { hostname } = new URL(publicUrl);
  const thread = createHash('sha256').update(`${channelId} ${message.thing}`).digest('hex');
  const root = `<${thread.slice(0, 32)}@${hostname}>`;
  return {
    from,
    to,
    subject: `[${message.home.name}] ${message.title}`,
    text: plainOf(message, unsubscribeUrl),
    html: htmlOf(message, unsubscribeUrl),
    messageId: `<${message.id}@${hostname}>`,
    inReplyTo: root,
    references: [root],
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}

const WORDS: Record<Language, { open: string; end: string }> = {
  en: { open: 'Open in NetPilot', end: 'Send me no more of these e-mails' },
  de: { open: 'In NetPilot öffnen', end: 'Keine solchen E-Mails mehr' },
};

function plainOf({ text, url, buttons, language }: AlertMessage, unsubscribeUrl: string): string {
  const { open, end } = WORDS[language];
  const links = [...buttons, { label: open, url }].map((link) => `${link.label}: ${link.url}`);
  return [text, '', ...links, '', '-- ', `${end}: ${unsubscribeUrl}`, ''].join('\n');
}

function htmlOf(
  { title, text, url, buttons, language }: AlertMessage,
  unsubscribeUrl: string,
): string {
  const { open, end } = WORDS[language];
  const link = ({ label, url: href }: { label: string; url: string }) =>
    `<a href="${escapeHtml(href)}" style="display:inline-block;margin:0 8px 8px 0;padding:10px 16px;border:1px solid #0f766e;border-radius:8px;color:#0f766e;text-decoration:none">${escapeHtml(label)}</a>`;
  return `<!doctype html><html lang="${language}"><body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<h1 style="margin:0 0 8px;font-size:20px">${escapeHtml(title)}</h1>
<p style="margin:0 0 20px;white-space:pre-line">${escapeHtml(text)}</p>
<p>${[...buttons, { label: open, url }].map(link).join('')}</p>
<p style="margin:24px 0 0;font-size:13px;color:#555"><a href="${escapeHtml(unsubscribeUrl)}" style="color:#555">${escapeHtml(end)}</a></p>
</body></html>`;
}

/** Sends mails; throws MailError. */
export type Mailer = (mail: Mail) => Promise<void>;

/** Milliseconds. */
export type MailLimits = {
  /** Until there is a connection, and until the server says who it is. */
  connect: number;
  /** That the server may say nothing. */
  silence: number;
  /** For all of it. */
  longest: number;
};

const LIMITS: MailLimits = { connect: 5_000, silence: 10_000, longest: 20_000 };

export function createMailer(
  { server, needsTls }: MailConfig,
  limits: MailLimits = LIMITS,
): Mailer {
  const { host, port, isTls, login } = server;
  const transport = createTransport({
    host,
    port,
    secure: isTls,
    ...(login !== undefined && { auth: { user: login.user, pass: login.password } }),
    requireTLS: needsTls,
    // Nobody is between on this machine, whose server mostly has a certificate that it made for itself.
    ...(!needsTls && { tls: { rejectUnauthorized: false } }),
    connectionTimeout: limits.connect,
    greetingTimeout: limits.connect,
    socketTimeout: limits.silence,
    // What is in a message is never a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (mail) => {
    const sent = transport.sendMail(mail);
    // It ends by its own limits, later.
    sent.catch(() => undefined);
    try {
      await within(limits.longest, sent, () => {
        throw new MailError('too-slow');
      });
    } catch (error) {
      throw error instanceof MailError ? error : new MailError(problemOf(error), { cause: error });
    }
  };
}

function problemOf(error: unknown): MailError['problem'] {
  const code = errorCode(error) ?? '';
  if (code === 'ETIMEDOUT') return 'too-slow';
  if (code === 'ETLS' || isTlsCode(textOf(error, 'originalCode'))) return 'tls';
  const status = Number(textOf(error, 'responseCode'));
  if (status >= 400 && status < 500) return 'not-now';
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'no-login';
  if (status >= 500) return textOf(error, 'command') === 'RCPT TO' ? 'no-recipient' : 'refused';
  return 'no-server';
}

/** What nodemailer says of an error besides. */
function textOf(error: unknown, field: string): string {
  const value: unknown = error instanceof Error ? Reflect.get(error, field) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
