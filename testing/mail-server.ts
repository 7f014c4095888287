/** A mail server on this machine, by the package of nodemailer's authors, that keeps what it gets. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type Socket, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { createWakeUp } from '../src/wake-up.ts';

export type ReceivedMail = {
  from: string;
  to: string[];
  isEncrypted: boolean;
  source: string;
  /** As a mail program reads it. */
  read: Email;
};

export type MailServerOptions = {
  /** Encrypted if the client asks for it (STARTTLS); absent: never. */
  certificate?: { key: string; cert: string };
  /** From the first byte. */
  isTlsAtOnce?: boolean;
  /** Who alone may send. */
  login?: { user: string; password: string };
  /** The status with which it refuses a recipient, now; undefined: it takes it. */
  refuses?: (address: string) => number | undefined;
  /** The status with which it refuses a mail that it has read. */
  refusesMail?: () => number | undefined;
};

export type MailServer = {
  /** For SMTP_URL. */
  url: string;
  mails: ReceivedMail[];
  waitFor: (count: number) => Promise<void>;
  close: () => Promise<void>;
};

export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { certificate, isTlsAtOnce = false, login, refuses, refusesMail } = options;
  const mails: ReceivedMail[] = [];
  const wakeUp = createWakeUp();
  const server = new SMTPServer({
    ...certificate,
    secure: isTlsAtOnce,
    authOptional: login === undefined,
    disabledCommands: [
      ...(certificate === undefined ? ['STARTTLS'] : []),
      ...(login ? [] : ['AUTH']),
    ],
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, callback) => {
      const isRight = username === login?.user && password === login?.password;
      callback(isRight ? null : withStatus(535, 'wrong password'), { user: username });
    },
    onRcptTo: ({ address }, _session, callback) => {
      const status = refuses?.(address);
      callback(status === undefined ? null : withStatus(status, 'not here'));
    },
    onData: (stream, session, callback) => {
      const take = async () => {
        const mail = await readMail(stream, session);
        const status = refusesMail?.();
        if (status !== undefined) return callback(withStatus(status, 'looks like spam'));
        mails.push(mail);
        wakeUp.wake();
        return callback();
      };
      void take();
    },
  });
  // A client that goes away in the middle is what some tests are about.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    url: `${isTlsAtOnce ? 'smtps' : 'smtp'}://127.0.0.1:${portOf(listening)}`,
    mails,
    waitFor: async (count) => {
      while (mails.length < count) await wakeUp.wait(1_000);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function readMail(
  stream: SMTPServerDataStream,
  { envelope: { mailFrom, rcptTo }, secure }: SMTPServerSession,
): Promise<ReceivedMail> {
  const source = await text(stream);
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    isEncrypted: secure,
    source,
    read: await PostalMime.parse(source),
  };
}

/** A server that takes connections, and says nothing, or only so many lines of a mail server. */
export async function startSilentServer(lines: readonly string[] = []) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const left = [...lines];
    const say = () => {
      const line = left.shift();
      if (line !== undefined) socket.write(`${line}\r\n`);
    };
    socket.on('error', () => undefined).on('data', say);
    say();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${portOf(server)}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A certificate for 127.0.0.1 that signs itself, with its key, as PEM: made by openssl in that folder. */
export function makeCertificate(folder: string): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=NetPilot test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', cert];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...files, ...subject], { stdio: 'pipe' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

function withStatus(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function portOf(server: { address: () => unknown }): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null || !('port' in address))
    throw new Error('it listens nowhere');
  return Number(address.port);
}
