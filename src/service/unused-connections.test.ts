import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { portOf } from '../../testing/commands-server.ts';
import { createTestDatabase } from '../../testing/database.ts';

const database = await createTestDatabase();
const { app } = await createTestApp(database);
await app.listen({ host: '127.0.0.1', port: 0 });

test('a server that stops does not wait for a connection on which nothing was asked', async () => {
  const socket = connect(portOf(app.server.address()), '127.0.0.1');
  const accepted = once(app.server, 'connection');
  const closed = once(socket.resume(), 'close');
  await accepted;
  await app.close();
  await expect(closed).resolves.toEqual([false]);
});
