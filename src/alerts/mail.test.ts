/** Alerts by e-mail: what a mail program reads, and what a real mail server may answer. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ALERT_MESSAGE } from '../../testing/alert-messages.ts';
import { withFolder } from '../../testing/data-folder.ts';
import {
  type MailServerOptions,
  makeCertificate,
  startMailServer,
  startSilentServer,
} from '../../testing/mail-server.ts';
import type { MailConfig } from '../config/alerts.ts';
import { parseConfig } from '../config/config.ts';
import { type Mail, MailError, type MailLimits, createMailer, mailOf } from './mail.ts';
import type { AlertMessage } from './message.ts';

const MESSAGE: AlertMessage = {
  ...ALERT_MESSAGE,
  title: 'New device: Küche 📺',
  text: 'Küche 📺 is in your network for the first time.',
  thing: 'device:1',
  home: { ...ALERT_MESSAGE.home, name: 'Am Bach' },
};
const CONTEXT = {
  from: 'NetPilot <netpilot@example.com>',
  to: 'ann@example.com',
  publicUrl: 'https://netpilot.example',
  channelId: '019302cc-0000-7000-8000-000000000003',
  unsubscribeUrl: 'https://netpilot.example/alerts/unsubscribe/secret',
};

async function startServer(options: MailServerOptions = {}) {
  const server = await startMailServer(options);
  onTestFinished(server.close);
  return server;
}

/** As an operator configures it; a server on another machine must encrypt. */
function configOf(url: string, needsTls = false): MailConfig {
  const { mail } = parseConfig({ SMTP_URL: url, MAIL_FROM: 'netpilot@example.com' }).alerts;
  if (mail === undefined) throw new Error('it is configured');
  return { ...mail, needsTls };
}

/** Why a mail was not taken; undefined: it was. */
const problemOf = (
  config: MailConfig,
  limits?: MailLimits,
  mail: Mail = mailOf(MESSAGE, CONTEXT),
) =>
  createMailer(
    config,
    limits,
  )(mail).then(
    () => undefined,
    (error: unknown) => (error instanceof MailError ? error.problem : error),
  );

describe('a mail', () => {
  const plain = startMailServer();
  afterAll(async () => (await plain).close());
  /** What arrives for a message. */
  const arrived = async (
    changes: Partial<AlertMessage> = {},
    context: Partial<typeof CONTEXT> = {},
  ) => {
    const server = await plain;
    const mail = mailOf({ ...MESSAGE, ...changes }, { ...CONTEXT, ...context });
    expect(await problemOf(configOf(server.url), undefined, mail)).toBeUndefined();
    const last = server.mails.at(-1);
    if (last === undefined) throw new Error('it arrived');
    const all = (name: string) =>
      last.read.headers.filter(({ key }) => key === name).map(({ value }) => value);
    return { ...last, all, header: (name: string) => all(name).join() };
  };

  test('says what happened as text and as HTML, with a link for each button and one that ends them', async () => {
    const { read, from, to } = await arrived();
    expect([from, to]).toEqual(['netpilot@example.com', ['ann@example.com']]);
    expect(read.subject).toBe('[Am Bach] New device: Küche 📺');
    for (const part of [read.text, read.html])
      for (const link of [MESSAGE.buttons[0]?.url, MESSAGE.url, CONTEXT.unsubscribeUrl, 'Küche 📺'])
        expect(part).toContain(link);
  });

  test('is known as one of a program, and ended with one click (RFC 3834, RFC 8058)', async () => {
    const { header } = await arrived();
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('list-unsubscribe')).toBe(`<${CONTEXT.unsubscribeUrl}>`);
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  test('is in one thread with those about the same thing, and has the same id if it is sent again', async () => {
    const [first, again] = [await arrived(), await arrived()];
    const next = await arrived({ id: '019302cc-0000-7000-8000-000000000009' });
    const other = await arrived({ thing: 'device:2' });
    const elsewhere = await arrived({}, { channelId: '019302cc-0000-7000-8000-00000000000a' });
    const idOf = ({ read }: typeof first) => read.messageId;
    const threadOf = ({ read }: typeof first) => [read.references, read.inReplyTo];
    expect(idOf(first)).toBe('<019302cc-0000-7000-8000-000000000001@netpilot.example>');
    expect(idOf(again)).toBe(idOf(first));
    expect(idOf(next)).not.toBe(idOf(first));
    expect(threadOf(first)[0]).toMatch(/^<[\da-f]{32}@netpilot\.example>$/);
    expect([threadOf(again), threadOf(next)]).toEqual([threadOf(first), threadOf(first)]);
    expect(threadOf(other)).not.toEqual(threadOf(first));
    expect(threadOf(elsewhere)).not.toEqual(threadOf(first));
  });

  test.each([
    'x\r\nBcc: victim@example.com',
    'x\nBcc: victim@example.com\n\n<b>body</b>',
    'x\r\n.\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<victim@example.com>\r\nDATA\r\n',
    '=?utf-8?q?x=0D=0ABcc:_victim@example.com?=',
    '<img src=x onerror=alert(1)>"\'><script>alert(1)</script>',
    '\u202Egpj.exe\u0000\u001b[2J',
  ])(
    'is one mail to one person with one subject, whatever a device calls itself: %j',
    async (name) => {
      const before = (await plain).mails.length;
      const { read, to, all } = await arrived({
        title: `New device: ${name}`,
        text: `${name} is new.`,
        home: { ...MESSAGE.home, name },
        thing: name,
        buttons: [{ label: name, url: 'https://netpilot.example/alerts/act/secret' }],
      });
      expect((await plain).mails).toHaveLength(before + 1);
      expect(to).toEqual(['ann@example.com']);
      expect([read.bcc, read.cc]).toEqual([undefined, undefined]);
      expect([all('subject').length, all('bcc').length, all('to')]).toEqual([
        1,
        0,
        ['ann@example.com'],
      ]);
      expect(read.html).not.toMatch(/<(img|script|b)\b/);
      expect(read.attachments).toEqual([]);
    },
  );

  test('has the same headers, whatever is in its texts', async () => {
    const transport = createTransport({ streamTransport: true, buffer: true });
    const names = async (changes: Partial<AlertMessage>) => {
      const { message } = await transport.sendMail(mailOf({ ...MESSAGE, ...changes }, CONTEXT));
      if (!Buffer.isBuffer(message)) throw new Error('it is one');
      return (await PostalMime.parse(message)).headers.map(({ key }) => key).toSorted();
    };
    const expected = await names({});
    const texts = fc.string({ unit: 'binary', maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(texts, texts, texts, async (title, text, name) => {
        const home = { ...MESSAGE.home, name };
        expect(await names({ title, text, home, thing: name })).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a mail server', () => {
  const login = { user: 'netpilot', password: 'a pass:word@/%' };
  const url = (server: { url: string }, password = login.password) =>
    server.url.replace('//', `//${login.user}:${encodeURIComponent(password)}@`);
  let certificate: { key: string; cert: string };
  /** That nobody trusts. */
  let unknown: typeof certificate;
  beforeAll(async () => {
    const make = () => withFolder({}, async (folder) => makeCertificate(folder));
    [certificate, unknown] = [await make(), await make()];
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, certificate.cert]);
    return () => setDefaultCACertificates(trusted);
  });

  test('that encrypts when asked to (STARTTLS) gets name, password and mail only then', async () => {
    const server = await startServer({ certificate, login });
    expect(await problemOf(configOf(url(server), true))).toBeUndefined();
    expect(server.mails).toMatchObject([{ isEncrypted: true, to: ['ann@example.com'] }]);
  });

  test('that encrypts from the first byte gets it, too', async () => {
    const server = await startServer({ certificate, login, isTlsAtOnce: true });
    expect(await problemOf(configOf(url(server), true))).toBeUndefined();
    expect(server.mails).toMatchObject([{ isEncrypted: true }]);
  });

  test('that does not encrypt, or with a certificate that nobody trusts, gets nothing', async () => {
    for (const server of [await startServer(), await startServer({ certificate: unknown })]) {
      expect(await problemOf(configOf(server.url, true))).toBe('tls');
      expect(server.mails).toEqual([]);
    }
  });

  test('on this machine may have made its certificate itself, or have none', async () => {
    for (const server of [await startServer(), await startServer({ certificate: unknown })]) {
      expect(await problemOf(configOf(server.url))).toBeUndefined();
      expect(server.mails).toHaveLength(1);
    }
  });

  test('that does not know the password, or wants one, says so', async () => {
    const server = await startServer({ certificate, login });
    expect(await problemOf(configOf(url(server, 'another'), true))).toBe('no-login');
    expect(await problemOf(configOf(server.url, true))).toBe('refused');
    expect(server.mails).toEqual([]);
  });

  test.each([
    [550, 'no-recipient'],
    [452, 'not-now'],
  ])('that answers to the recipient with %i: %s', async (status, problem) => {
    const server = await startServer({ refuses: () => status });
    expect(await problemOf(configOf(server.url))).toBe(problem);
  });

  test.each([
    [554, 'refused'],
    [451, 'not-now'],
  ])('that answers to the mail with %i: %s', async (status, problem) => {
    const server = await startServer({ refusesMail: () => status });
    expect(await problemOf(configOf(server.url))).toBe(problem);
  });

  test('that asks to come again later (greylisting) takes it then', async () => {
    const seen = new Set<string>();
    const server = await startServer({
      refuses: (address) => (seen.has(address) ? undefined : (seen.add(address), 450)),
    });
    const send = () => problemOf(configOf(server.url));
    expect([await send(), await send()]).toEqual(['not-now', undefined]);
    expect(server.mails).toHaveLength(1);
  });

  test.each([
    ['says nothing', []],
    ['stops after its greeting', ['220 mail.example']],
    ['stops before it takes the mail', ['220 mail.example', '250 hello', '250 ok', '250 ok']],
  ])('that %s is given up', async (_what, lines) => {
    const server = await startSilentServer(lines);
    onTestFinished(server.close);
    const limits = { connect: 200, silence: 200, longest: 2_000 };
    expect(await problemOf(configOf(server.url), limits)).toBe('too-slow');
    const least = { connect: 60_000, silence: 60_000, longest: 50 };
    expect(await problemOf(configOf(server.url), least)).toBe('too-slow');
  });

  test('that is off cannot be reached', async () => {
    const server = await startMailServer();
    await server.close();
    expect(await problemOf(configOf(server.url))).toBe('no-server');
  });
});
