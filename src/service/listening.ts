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
