import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { errorCode } from '../error-code.ts';
import { errorMessage } from '../error-message.ts';
import { InvalidInputError } from '../errors.ts';
import { type AlertsConfig, parseAlerts } from './alerts.ts';
import { type CellConfig, parseCell } from './cell.ts';
import { type DatabaseConfig, parseDatabase } from './database.ts';
import { type DialRules, parseDialRules, parseNetworks } from './dialling.ts';
import { decodeDotEnv } from './dot-env.ts';
import { everyAddress } from './every-address.ts';
import { isLoopback } from './loopback.ts';
import { type MqttConfig, parseMqtt } from './mqtt.ts';
import { type NatsConfig, parseNats } from './nats.ts';
import { type SignUp, parseSignUp } from './sign-up.ts';
import { type Environment, NOT_SHOWN, type Reader, createReader } from './reader.ts';

/** The program's own folder, which has `.env` and the default data folder. */
export const PROJECT_FOLDER = resolve(import.meta.dirname, '../..');

export const GOOGLE_ISSUER = 'https://accounts.google.com';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What `--lan` decides. */
const NOT_WITH_LAN = [
  'PUBLIC_URL',
  'HOST',
  'TRUSTED_PROXIES',
  'OIDC_ISSUER',
  'GOOGLE_CLIENT_ID',
  'GOOGLE_CLIENT_SECRET',
] as const;

const ISSUER_SETTINGS = ['OIDC_ISSUER', 'GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'] as const;

/** Everything that can be set from outside, checked. */
export type Config = {
  /** The embedded server in `dataFolder`, or one of the operator's. */
  database: DatabaseConfig;
  dataFolder: string;
  databaseEcho: boolean;
  logLevel: (typeof LOG_LEVELS)[number];
  /** A Commands-Server of somebody else's, to which sessions are announced; absent: none. */
  commandsServerUrl: string | undefined;
  /** Where the role `commands-server` accepts the protocol's calls. Port 0 takes any free one. */
  commandsServer: { host: string; port: number; isPortChosen: boolean };
  /** Where routers dial in, and the name by which they reach that. Port 0 takes any free one. */
  routers: { host: string; port: number; isPortChosen: boolean; publicHost: string };
  /** The routers that the Commands-Server may dial, because they do not dial in. */
  dial: DialRules;
  /** How alerts leave this machine. */
  alerts: AlertsConfig;
  /** The broker of `netpilot mqtt`; absent: none. The service itself does not use it. */
  mqtt: MqttConfig | undefined;
  /** By which processes on several machines tell and ask each other; absent: by PostgreSQL and HTTP. */
  nats: NatsConfig | undefined;
  /** Which of several cells this is; absent: there are none. */
  cell: CellConfig | undefined;
  /** Absent: people sign in by the one-time local link only. */
  issuer: { url: string; clientId: string; clientSecret: string } | undefined;
  /** The address of this machine on a home network that is served without TLS; absent: none is. */
  lanAddress: string | undefined;
  /** Who gets an account at the issuer. */
  signUp: SignUp;
  /** The address people use, without a slash at the end. */
  publicUrl: string;
  host: string;
  port: number;
  /** Addresses of the reverse proxies whose X-Forwarded-For is believed, and of TCP balancers whose PROXY protocol is. */
  trustedProxies: string[];
};

/** What the command line sets in place of the environment, and whether a person watches the log. */
export type Overrides = {
  data?: string | undefined;
  port?: string | undefined;
  /** An address of this machine, to serve a home network on. */
  lan?: string | undefined;
  isLogWatched?: boolean;
};

/** The environment, with defaults from `.env` beside the program, if there is one. */
export function readEnvironment(): Environment {
  return { ...readDotEnv(), ...process.env };
}

/** What `.env` beside the program says; nothing if there is none. */
export function readDotEnv(file = join(PROJECT_FOLDER, '.env')): Environment {
  try {
    return parseEnv(decodeDotEnv(readFileSync(file), file));
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    if (errorCode(error) === 'ENOENT') return {};
    const value = errorMessage(error);
    throw new InvalidInputError([{ field: file, value, expected: 'a readable file' }]);
  }
}

/**
 * Checks the environment once. Throws one InvalidInputError that names every wrong, missing or
 * contradictory value and what is expected.
 */
export function parseConfig(environment: Environment, overrides: Overrides = {}): Config {
  const reader = createReader({
    ...environment,
    ...(overrides.data !== undefined && { NETPILOT_DATA: overrides.data }),
    ...(overrides.port !== undefined && { PORT: overrides.port }),
  });
  const port = reader.integer('PORT', { least: 1, most: 65_535, otherwise: 8080 });
  const { lan: lanAddress } = overrides;
  const host = reader.host('HOST', lanAddress ?? '127.0.0.1');
  const publicUrl =
    reader.webAddress('PUBLIC_URL') ?? defaultUrl(lanAddress ?? ownLoopback(host), port);
  const config: Config = {
    database: parseDatabase(reader),
    dataFolder: resolve(reader.text('NETPILOT_DATA') ?? join(PROJECT_FOLDER, '.netpilot')),
    databaseEcho: reader.flag('DB_ECHO'),
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, overrides.isLogWatched ? 'warn' : 'info'),
    commandsServerUrl: reader.webAddress('COMMANDS_SERVER_URL'),
    commandsServer: {
      host: reader.host('COMMANDS_SERVER_HOST', '127.0.0.1'),
      port: reader.integer('COMMANDS_SERVER_PORT', { least: 0, most: 65_535, otherwise: 8081 }),
      isPortChosen: reader.isSet('COMMANDS_SERVER_PORT'),
    },
    routers: {
      host: reader.host(
        'ROUTERS_HOST',
        lanAddress ?? (isLoopback(hostnameOf(publicUrl)) ? host : everyAddress()),
      ),
      port: reader.integer('ROUTERS_PORT', { least: 0, most: 65_535, otherwise: 2222 }),
      isPortChosen: reader.isSet('ROUTERS_PORT'),
      publicHost: reader.host('ROUTERS_PUBLIC_HOST', hostnameOf(publicUrl)),
    },
    dial: parseDialRules(reader),
    alerts: parseAlerts(reader),
    mqtt: parseMqtt(reader),
    nats: parseNats(reader),
    cell: parseCell(reader),
    issuer: parseIssuer(reader),
    signUp: parseSignUp(reader),
    lanAddress,
    publicUrl,
    host,
    port,
    trustedProxies: parseNetworks(reader, 'TRUSTED_PROXIES'),
  };
  checkTogether(config, reader);
  const errors = reader.errors();
  if (errors.length > 0) throw new InvalidInputError(errors);
  return config;
}

/** An address of this machine that `localhost` may not lead to, such as ::1; else undefined. */
function ownLoopback(host: string): string | undefined {
  return isLoopback(host) && isIP(host) !== 0 && host !== '127.0.0.1' ? host : undefined;
}

function defaultUrl(address: string | undefined, port: number): string {
  const host = address?.includes(':') === true ? `[${address}]` : address;
  // As a browser has it in `Host`: without the port that http:// has anyway.
  return new URL(`http://${host ?? 'localhost'}:${port}`).origin;
}

/** Without the brackets that an IPv6 address has in a URL. */
function hostnameOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}

/** What is sent there must not be read on the way: without TLS only to this machine. */
function requireTls(reader: Reader, field: 'OIDC_ISSUER' | 'COMMANDS_SERVER_URL', url: string) {
  const { protocol } = new URL(url);
  if (protocol === 'https:' || isLoopback(hostnameOf(url))) return;
  const expected = 'an https:// address (http:// on loopback only)';
  reader.fail({ field, value: url, expected });
}

function parseIssuer(reader: Reader): Config['issuer'] {
  const url = reader.webAddress('OIDC_ISSUER') ?? GOOGLE_ISSUER;
  requireTls(reader, 'OIDC_ISSUER', url);
  const [hasId, hasSecret] = [
    reader.isSet('GOOGLE_CLIENT_ID'),
    reader.isSet('GOOGLE_CLIENT_SECRET'),
  ];
  if (hasId && !hasSecret)
    reader.fail({
      field: 'GOOGLE_CLIENT_SECRET',
      expected: 'the secret that belongs to GOOGLE_CLIENT_ID',
    });
  if (hasSecret && !hasId)
    reader.fail({
      field: 'GOOGLE_CLIENT_ID',
      expected: 'the client that GOOGLE_CLIENT_SECRET belongs to',
    });
  if (!hasId && !hasSecret && reader.isSet('OIDC_ISSUER')) {
    reader.fail({
      field: 'GOOGLE_CLIENT_ID',
      expected: 'the client id registered at OIDC_ISSUER, with GOOGLE_CLIENT_SECRET',
    });
  }
  const clientId = reader.text('GOOGLE_CLIENT_ID');
  const clientSecret = reader.secret('GOOGLE_CLIENT_SECRET');
  if (clientId === undefined || clientSecret === undefined) return undefined;
  return { url, clientId, clientSecret };
}

function checkTogether(config: Config, reader: Reader): void {
  if (config.lanAddress === undefined) checkReach(config, reader);
  else checkLan(reader, config.lanAddress);
  // The embedded server's own key is in a file that the Commands-Server does not read.
  const { database, commandsServerUrl } = config;
  const isMissing = database.kind === 'embedded' && !reader.isSet('SECRET_KEY');
  if (commandsServerUrl !== undefined) requireTls(reader, 'COMMANDS_SERVER_URL', commandsServerUrl);
  if (commandsServerUrl !== undefined && isMissing) {
    reader.fail({
      field: 'SECRET_KEY',
      expected: 'the key shared with the Commands-Server at COMMANDS_SERVER_URL',
    });
  }
}

/** `--lan` says where to serve and how to sign in; a setting that says otherwise was meant for something else. */
function checkLan(reader: Reader, lanAddress: string): void {
  for (const name of NOT_WITH_LAN) {
    if (reader.isSet(name))
      reader.fail({
        field: name,
        value: name === 'GOOGLE_CLIENT_SECRET' ? NOT_SHOWN : reader.text(name),
        expected: `no value with --lan, which serves on ${lanAddress}`,
      });
  }
}

/** Without TLS only this machine is served, and without an issuer too. */
function checkReach(config: Config, reader: Reader): void {
  const { protocol, hostname, pathname } = new URL(config.publicUrl);
  if ((protocol === 'http:' && !isLoopback(hostname)) || pathname !== '/') {
    reader.fail({
      field: 'PUBLIC_URL',
      value: config.publicUrl,
      expected:
        'an https:// address without a path (http:// on loopback only; `netpilot serve --lan` serves a home network)',
    });
  }
  const isLocal = isLoopback(config.host) && isLoopback(hostname);
  const isIssuerAbsent = ISSUER_SETTINGS.every((name) => !reader.isSet(name));
  if (isIssuerAbsent && !isLocal) {
    reader.fail({
      field: 'GOOGLE_CLIENT_ID',
      expected:
        'a client to sign in with (and GOOGLE_CLIENT_SECRET), because the service is reached from other machines',
    });
  }
}
