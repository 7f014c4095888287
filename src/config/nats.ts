import { resolve } from 'node:path';
import { NOT_SHOWN, type Reader } from './reader.ts';
import { type Server, parseServerUrl } from './server-url.ts';

/** The NATS servers by which the processes of several machines tell and ask each other. */
export type NatsConfig = {
  /** As they were given, with the password. */
  url: string;
  servers: readonly Server[];
  /** One of these says who this is; neither: the login in the URL, or nobody in particular. */
  nkeyFile: string | undefined;
  credentialsFile: string | undefined;
  /** Certificates (PEM) of who vouches for the servers; absent: those that Node.js knows. */
  caFile: string | undefined;
};

const DEFAULT_PORTS = { 'nats:': 4222, 'tls:': 4222 };
const FILES = ['NATS_NKEY_FILE', 'NATS_CREDENTIALS_FILE', 'NATS_CA_FILE'] as const;

/** Reads NATS_URL and the files beside it; undefined without the first. */
export function parseNats(reader: Reader): NatsConfig | undefined {
  const url = reader.secret('NATS_URL');
  const [nkeyFile, credentialsFile, caFile] = FILES.map((name) => {
    const file = reader.text(name);
    return file && resolve(file);
  });
  if (url === undefined) {
    for (const name of FILES)
      if (reader.isSet(name))
        reader.fail({ field: 'NATS_URL', expected: `the servers that ${name} is for` });
    return undefined;
  }
  const servers = parseServers(url);
  if (servers === undefined) {
    reader.fail({
      field: 'NATS_URL',
      value: NOT_SHOWN,
      expected:
        'servers, separated by commas, as tls://n1.example.net,tls://n2.example.net or nats://10.0.0.5:4222, all with tls:// or none, and one login for all or none',
    });
    return undefined;
  }
  const [first] = servers;
  const named = [nkeyFile, credentialsFile, first?.login].filter((way) => way !== undefined);
  if (named.length > 1)
    reader.fail({
      field: 'NATS_NKEY_FILE, NATS_CREDENTIALS_FILE',
      expected: 'one way only to say who this is: one of these files, or a login in NATS_URL',
    });
  if (caFile !== undefined && first?.isTls === false)
    reader.fail({
      field: 'NATS_CA_FILE',
      value: caFile,
      expected: 'nothing, or tls:// in NATS_URL',
    });
  return { url, servers, nkeyFile, credentialsFile, caFile };
}

/** Undefined if one is not the URL of a server, or they differ in how one gets in. */
function parseServers(text: string): Server[] | undefined {
  const servers: Server[] = [];
  for (const url of text.split(',')) {
    const server = parseServerUrl(url.trim(), DEFAULT_PORTS);
    if (server === undefined || server.login?.user === '') return undefined;
    // What this ends with in other URLs, NATS begins with.
    servers.push({ ...server, isTls: url.trim().startsWith('tls:') });
  }
  const ways = servers.map(({ isTls, login }) => JSON.stringify([isTls, login]));
  return new Set(ways).size === 1 ? servers : undefined;
}
