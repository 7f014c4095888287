import { hostname } from 'node:os';
import type { App } from '../api/app.ts';
import type { Config } from '../config/config.ts';
import type { Variable } from '../config/variables.ts';
import { errorCode } from '../error-code.ts';
import { InvalidInputError } from '../errors.ts';

/** Where a server listens, and the settings that choose it. */
export type ListenAddress = {
  host: string;
  port: number;
  hostSetting: Variable;
  portSetting: Variable;
  /** Called if the port is in use and a free one is used instead; absent if that is refused. */
  onMove?: ((port: number) => void) | undefined;
};

/** Runs what makes a server listen. Throws InvalidInputError, naming the setting, if it cannot listen there. */
export async function listenAt<Result>(
  { host, port, hostSetting, portSetting, onMove }: ListenAddress,
  listen: (address: { host: string; port: number }) => Promise<Result>,
): Promise<Result> {
  try {
    return await listen({ host, port });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EADDRINUSE' && onMove !== undefined) {
      onMove(port);
      return listenAt({ host, port: 0, hostSetting, portSetting }, listen);
    }
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      const option = portSetting === 'PORT' ? ' (--port takes another)' : '';
      throw new InvalidInputError([
        {
          field: portSetting,
          value: port,
          expected: `a port that is free and that this user may open${option}`,
        },
      ]);
    }
    if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') {
      throw new InvalidInputError([
        { field: hostSetting, value: host, expected: 'a name or an address of this machine' },
      ]);
    }
    throw error;
  }
}

/** Where only services and this machine come: the Commands-Server's calls, and metrics. Gives where others of this network find it. */
export async function listenWithin(
  { commandsServer }: Pick<Config, 'commandsServer'>,
  app: App,
  onMove?: (port: number) => void,
): Promise<string> {
  const url = await listenAt(
    {
      ...commandsServer,
      hostSetting: 'COMMANDS_SERVER_HOST',
      portSetting: 'COMMANDS_SERVER_PORT',
      onMove,
    },
    (address) => app.listen(address),
  );
  const { host } = commandsServer;
  const isEverywhere = host === '::' || host === '0.0.0.0';
  return isEverywhere ? `http://${hostname()}:${new URL(url).port}` : url;
}
