/** A bare server with plain documents and an event stream: the baseline for what NetPilot costs on top. */
import { once } from 'node:events';
import { type ServerResponse, createServer } from 'node:http';

export type BareSite = {
  url: string;
  /** The document from now on. */
  show: (html: string) => void;
  /** Sends a text to every page that listens at /events. */
  say: (text: string) => void;
};

/** A page that adds an item for each text. */
export const LISTENING = `<!doctype html><title>Bare</title><ul></ul><script>
  new EventSource('/events').onmessage = ({ data }) => {
    const item = document.createElement('li');
    item.textContent = data;
    document.querySelector('ul').prepend(item);
  };
</script>`;

export async function onBareSite(work: (site: BareSite) => Promise<void>): Promise<void> {
  let document = '';
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.url !== '/events') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(document);
      return;
    }
    listeners.add(response.writeHead(200, { 'content-type': 'text/event-stream' }));
    response.flushHeaders();
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on no port');
  try {
    await work({
      url: `http://localhost:${address.port}/`,
      show: (html) => (document = html),
      say: (text) => {
        for (const listener of listeners) listener.write(`data: ${text}\n\n`);
      },
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
