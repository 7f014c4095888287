/** Every variable NetPilot reads, in the order in which `netpilot config` and `.env.example` tell them. */
export const VARIABLES = [
  'NETPILOT_DATA',
  'DATABASE_URL',
  'DB_HOST',
  'DB_PORT',
  'DB_NAME',
  'DB_USERNAME',
  'DB_PASSWORD',
  'DB_ECHO',
  'SECRET_KEY',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'TRUSTED_PROXIES',
  'OIDC_ISSUER',
  'GOOGLE_CLIENT_ID',
  'GOOGLE_CLIENT_SECRET',
  'COMMANDS_SERVER_URL',
  'COMMANDS_SERVER_HOST',
  'COMMANDS_SERVER_PORT',
  'ROUTERS_HOST',
  'ROUTERS_PORT',
  'ROUTERS_PUBLIC_HOST',
  'LOG_LEVEL',
] as const;

export type Variable = (typeof VARIABLES)[number];
