/** How this process gets in at NATS, and how soon it notices that the server is gone. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { type PeerCertificate, checkServerIdentity } from 'node:tls';
import {
  type Authenticator,
  type NodeConnectionOptions,
  credsAuthenticator,
  nkeyAuthenticator,
} from '@nats-io/transport-node';
import type { NatsConfig } from '../config/nats.ts';
import { errorMessage } from '../error-message.ts';
import { InvalidInputError } from '../errors.ts';

/** Milliseconds to connect, and to send what was told last. */
export const PATIENCE = 5_000;
/** Milliseconds between two questions whether the server is there; if so many are unanswered, it is not. */
const PING_EVERY = 2_000;
const UNANSWERED = 2;

/** Throws InvalidInputError if a file is not what the configuration says. */
export function connectionOptions(config: NatsConfig, inboxPrefix: string): NodeConnectionOptions {
  const { servers } = config;
  return {
    servers: servers.map(({ host, port }) =>
      host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
    ),
    ...(servers[0]?.isTls === true && { tls: encryption(config) }),
    ...authentication(config),
    name: `netpilot ${hostname()} ${process.pid}`,
    inboxPrefix,
    // What this process tells, it has told itself.
    noEcho: true,
    // It is made again here, with every subscription.
    reconnect: false,
    timeout: PATIENCE,
    pingInterval: PING_EVERY,
    maxPingOut: UNANSWERED,
  };
}

function encryption({ servers, caFile }: NatsConfig) {
  return {
    ...(caFile !== undefined && { ca: readCertificates(caFile) }),
    // Of a server that is named by an address the client compares the certificate with `localhost`. One of any of our servers will do.
    checkServerIdentity: (_name: string, certificate: PeerCertificate): Error | undefined => {
      const wrong = servers.map(({ host }) => checkServerIdentity(host, certificate));
      return wrong.includes(undefined) ? undefined : wrong[0];
    },
  };
}

/** What is not a certificate would only be found by the first connection, and be taken for an outage. */
function readCertificates(file: string): string {
  const text = readSetting('NATS_CA_FILE', file);
  if (isCertificate(text)) return text;
  const expected = EXPECTED.NATS_CA_FILE;
  throw new InvalidInputError([{ field: 'NATS_CA_FILE', value: file, expected }]);
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}

function authentication({
  servers,
  nkeyFile,
  credentialsFile,
}: NatsConfig): { user: string; pass: string } | { authenticator: Authenticator } | undefined {
  if (nkeyFile !== undefined)
    return { authenticator: authenticatorOf('NATS_NKEY_FILE', nkeyFile, nkeyAuthenticator) };
  if (credentialsFile !== undefined)
    return {
      authenticator: authenticatorOf('NATS_CREDENTIALS_FILE', credentialsFile, credsAuthenticator),
    };
  const login = servers[0]?.login;
  return login && { user: login.user, pass: login.password };
}

type FileSetting = 'NATS_NKEY_FILE' | 'NATS_CREDENTIALS_FILE' | 'NATS_CA_FILE';

const EXPECTED = {
  NATS_NKEY_FILE: 'a file with the seed of an nkey (SU…), as `nk -gen user` writes it',
  NATS_CREDENTIALS_FILE: 'a credentials file, as `nsc generate creds` writes it',
  NATS_CA_FILE: 'a readable file with certificates (PEM)',
};

/** Tries what is in the file with the server's part made up, so that a wrong file is found at the start. */
function authenticatorOf(
  field: FileSetting,
  file: string,
  create: (secret: Uint8Array) => Authenticator,
): Authenticator {
  const authenticator = create(Buffer.from(readSetting(field, file)));
  try {
    authenticator('a nonce');
  } catch {
    throw new InvalidInputError([{ field, value: file, expected: EXPECTED[field] }]);
  }
  return authenticator;
}

function readSetting(field: FileSetting, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const expected = `${EXPECTED[field]} (${errorMessage(error)})`;
    throw new InvalidInputError([{ field, value: file, expected }]);
  }
}
