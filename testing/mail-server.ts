/** A mail server on this machine (RFC 5321, as much as a client needs) that keeps what it gets. */
import { once } from 'node:events';
import { type Socket, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { createWakeUp } from '../src/wake-up.ts';

export type ReceivedMail = { from: string; to: string; source: string };

export type MailServer = {
  /** For SMTP_URL. */
  url: string;
  mails: ReceivedMail[];
  waitFor: (count: number) => Promise<void>;
  close: () => Promise<void>;
};

/** @param refuses the code with which it answers to recipients; default: it takes all */
export async function startMailServer(refuses?: number): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const wakeUp = createWakeUp();
  const keep = (mail: ReceivedMail) => {
    mails.push(mail);
    wakeUp.wake();
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    void serve(socket, keep, refuses);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens nowhere');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    waitFor: async (count) => {
      while (mails.length < count) await wakeUp.wait(1_000);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serve(
  socket: Socket,
  keep: (mail: ReceivedMail) => void,
  refuses: number | undefined,
): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let mail = { from: '', to: '', source: '' };
  let isData = false;
  say('220 mail.example ready');
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    if (isData) {
      if (line === '.') {
        isData = false;
        keep(mail);
        say('250 kept');
      } else mail.source += `${line.replace(/^\./, '')}\n`;
      continue;
    }
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'MAIL') mail = { from: address, to: '', source: '' };
    if (verb === 'RCPT') mail.to = address;
    if (verb === 'DATA') isData = true;
    if (verb === 'QUIT') socket.end('221 bye\r\n');
    else if (verb === 'RCPT' && refuses !== undefined) say(`${refuses} not here`);
    else say(verb === 'DATA' ? '354 go on' : '250 ok');
  }
}
