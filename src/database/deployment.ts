import type { Config } from '../config/config.ts';
import type { DatabaseAddresses } from '../config/database-address.ts';
import { type EmbeddedOptions, joinEmbeddedServer } from './embedded/server.ts';
import { readOrMakeSecrets } from './embedded/secrets.ts';
import { prepareEmbeddedDatabase } from './roles.ts';

/** The configured database, ready for use, and the key that signs cookies. */
export type Deployment = {
  addresses: DatabaseAddresses;
  secretKey: string;
  /** Leaves an embedded server (the last to leave stops it); nothing to do for an external one. */
  leave: () => Promise<void>;
};

/**
 * Joins or starts the embedded server, or takes the external one's address as it is. Throws UnavailableError
 * if an embedded server does not start.
 */
export async function openDeployment(
  { database, dataFolder }: Config,
  watch: Pick<EmbeddedOptions, 'onRestart' | 'onRestartFailed'> = {},
): Promise<Deployment> {
  if (database.kind === 'external') {
    const { address, secretKey } = database;
    return {
      addresses: { admin: address, service: address },
      secretKey,
      leave: () => Promise.resolve(),
    };
  }
  const server = await joinEmbeddedServer({ dataFolder, ...watch });
  try {
    await prepareEmbeddedDatabase(server.addresses);
  } catch (error) {
    await server.leave();
    throw error;
  }
  return {
    addresses: server.addresses,
    secretKey: database.secretKey ?? readOrMakeSecrets(dataFolder).secretKey,
    leave: server.leave,
  };
}
