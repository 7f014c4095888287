import type { Config, Overrides } from './config.ts';
import type { DialRules } from './dialling.ts';
import type { Environment } from './reader.ts';
import type { Variable } from './variables.ts';

/** What sets a value. */
export type Source = 'option' | 'environment' | '.env' | 'default';

/** One setting and its effective value. A secret's `value` is always absent, even if it is set. */
export type Setting = {
  name: Variable;
  value?: string | number | boolean;
  isSet: boolean;
  isSecret: boolean;
  source: Source;
};

/** The three places a value can come from, strongest first. */
export type Sources = { overrides: Overrides; environment: Environment; dotEnv: Environment };

/** Every variable NetPilot reads, with its effective value. Secrets are not included. */
export function describeConfig(config: Config, sources: Sources): Setting[] {
  const { database } = config;
  const fromUrl = sourceOf('DATABASE_URL', sources) !== 'default';
  const address = database.kind === 'external' ? database.address : undefined;
  const part = fromUrl ? undefined : address;
  const shown = (name: Variable, value: Setting['value']): Setting => ({
    name,
    ...(value !== undefined && { value }),
    isSet: value !== undefined,
    isSecret: false,
    source: sourceOf(name, sources),
  });
  const secret = (name: Variable, value: string | undefined): Setting => ({
    name,
    isSet: value !== undefined,
    isSecret: true,
    source: sourceOf(name, sources),
  });
  return [
    shown('NETPILOT_DATA', config.dataFolder),
    shown('DATABASE_URL', fromUrl && address ? databaseUrl(address) : undefined),
    shown('DB_HOST', part?.host),
    shown('DB_PORT', part?.port),
    shown('DB_NAME', part?.database),
    shown('DB_USERNAME', part?.user),
    secret('DB_PASSWORD', part?.password),
    shown('DB_ECHO', config.databaseEcho),
    secret('SECRET_KEY', database.secretKey),
    shown('HOST', config.host),
    shown('PORT', config.port),
    shown('PUBLIC_URL', config.publicUrl),
    shown('TRUSTED_PROXIES', config.trustedProxies.join(', ') || undefined),
    shown('OIDC_ISSUER', config.issuer?.url),
    shown('GOOGLE_CLIENT_ID', config.issuer?.clientId),
    secret('GOOGLE_CLIENT_SECRET', config.issuer?.clientSecret),
    shown('SIGN_UP', config.signUp.mode),
    shown('SIGN_UP_DOMAINS', config.signUp.domains.join(', ') || undefined),
    shown('OWNER_EMAIL', config.signUp.ownerEmail),
    shown('COMMANDS_SERVER_URL', config.commandsServerUrl),
    shown('COMMANDS_SERVER_HOST', config.commandsServer.host),
    shown('COMMANDS_SERVER_PORT', config.commandsServer.port),
    shown('ROUTERS_HOST', config.routers.host),
    shown('ROUTERS_PORT', config.routers.port),
    shown('ROUTERS_PUBLIC_HOST', config.routers.publicHost),
    shown('ROUTERS_DIAL_NETWORKS', config.dial.networks.join(', ') || undefined),
    shown('ROUTERS_DIAL_TUNNELS', config.dial.tunnels && describeTunnels(config.dial.tunnels)),
    secret('SMTP_URL', config.alerts.mail?.url),
    shown('MAIL_FROM', config.alerts.mail?.from),
    shown('ALERT_NETWORKS', config.alerts.networks.join(', ') || undefined),
    secret('MQTT_URL', config.mqtt?.url),
    shown('MQTT_CA_FILE', config.mqtt?.caFile),
    shown('MQTT_DISCOVERY_PREFIX', config.mqtt?.discoveryPrefix),
    secret('NATS_URL', config.nats?.url),
    shown('NATS_NKEY_FILE', config.nats?.nkeyFile),
    shown('NATS_CREDENTIALS_FILE', config.nats?.credentialsFile),
    shown('NATS_CA_FILE', config.nats?.caFile),
    shown('CELL', config.cell?.number),
    shown('DIRECTORY_URL', config.cell && databaseUrl(config.cell.directory)),
    shown('TARGET_DATABASE_URL', config.cell?.target && databaseUrl(config.cell.target)),
    shown('LOG_LEVEL', config.logLevel),
  ];
}

/** An empty value in a stronger place hides a weaker one: then the default applies. */
function sourceOf(name: Variable, { overrides, environment, dotEnv }: Sources): Source {
  const options: Partial<Record<Variable, string | undefined>> = {
    NETPILOT_DATA: overrides.data,
    PORT: overrides.port,
  };
  const places = [
    ['option', options[name]],
    ['environment', environment[name]],
    ['.env', dotEnv[name]],
  ] as const;
  const [source, value] = places.find((place) => place[1] !== undefined) ?? [];
  return source === undefined || value?.trim() === '' ? 'default' : source;
}

/** Built from what is shown anyway, so that a password in the URL stays out. */
function databaseUrl({ host, port, database, user }: ShownAddress): string {
  const place = host.includes(':') ? `[${host}]` : encodeURIComponent(host);
  return `postgresql://${encodeURIComponent(user)}@${place}:${port}/${encodeURIComponent(database)}`;
}

function describeTunnels({ host, first, last }: NonNullable<DialRules['tunnels']>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${first}-${last}`;
}

type ShownAddress = { host: string; port: number; database: string; user: string };
