import { connect, createServer, type NetConnectOpts, type Server } from 'node:net';

/** Relays connections from one address to another: how the lab's internet reaches a server outside the lab. */
export function relay(
  listen: { path: string } | { host: string; port: number },
  to: NetConnectOpts,
): Server {
  return createServer({ noDelay: true }, (near) => {
    const far = connect(to);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
  }).listen(listen);
}

// In the lab's internet: node lab/relay.ts HOST PORT SOCKET
if (import.meta.main) {
  const [host, port, path] = process.argv.slice(2);
  if (host === undefined || path === undefined) throw new Error('usage: relay.ts HOST PORT SOCKET');
  relay({ host, port: Number(port) }, { path }).once('listening', () =>
    process.stdout.write('ready\n'),
  );
}
