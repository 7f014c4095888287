import type { Variable } from '../config/variables.ts';
import { InvalidInputError } from '../errors.ts';

/** Where a server is to listen, and the settings that say so. */
export type Place = {
  host: string;
  port: number;
  hostSetting: Variable;
  portSetting: Variable;
  /** Told that the port is taken, and another one taken in its place; absent where that is refused. */
  onMove?: ((port: number) => void) | undefined;
};

/** Runs what makes a server listen. Throws InvalidInputError, naming the setting, where that place can't be had. */
export async function listenAt<Result>(
  { host, port, hostSetting, portSetting, onMove }: Place,
  listen: (place: { host: string; port: number }) => Promise<Result>,
): Promise<Result> {
  try {
    return await listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
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
