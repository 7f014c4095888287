import { Readable, finished } from 'node:stream';
import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { dropStalled } from '../api/stall-timeout.ts';
import { Json, Nullable, RouterId, Timestamp, problems } from '../api/schema.ts';
import { signedIn } from '../api/signed-in.ts';
import { EVENT_TYPES } from './actions.ts';
import { createFeed } from './feed.ts';
import { streamEvents } from './stream.ts';

/** A reader that takes nothing for so long is dropped; it can resume where it was. */
const LONGEST_STALL_MS = 30_000;

/** What the `data` of a message is; added to the document by its name, as no schema of a route's refers to it. */
export const Event = Type.Object(
  {
    number: Type.Integer({
      description: "Its place in the user's events: 1, 2, 3 and so on. Also the message's `id`.",
    }),
    at: Timestamp(),
    type: Type.Unsafe<string>({
      type: 'string',
      enum: EVENT_TYPES,
      description:
        'The action, for what the audit records too. `policy.pending`: a router has a new policy to apply.',
    }),
    router_id: Nullable(RouterId),
    subject_id: Nullable(Type.String({ description: 'Id of the thing it happened to.' })),
    data: Json,
  },
  { $id: 'Event' },
);

/** A text in both places: Fastify copies the schemas of headers, and nothing is converted by a copy. */
const Position = Type.String({ pattern: '^\\d{1,15}$' });
const tags = ['events'];

export function eventRoutes(app: App, { database, serviceAddress }: Services): void {
  const feed = createFeed(serviceAddress, (error) =>
    app.log.warn({ err: error }, 'events are not heard of until the database is back'),
  );
  app.addHook('preClose', feed.close);

  app.get(
    '/events',
    {
      schema: {
        tags,
        summary: 'What happens, as it happens',
        description:
          'Server-sent events (text/event-stream): each message has the schema `Event` as its data, and no name, so that `onmessage` hears all of them. ' +
          'A message named `ready` comes first: `{"resumed": true}` where the stream goes on right after `Last-Event-ID`; with `false`, which can also come later, read again what you show, as there is no telling what has changed. ' +
          'Events are kept for 24 hours, none comes twice, none is left out. The stream ends with the session.',
        querystring: Type.Object(
          {
            last_event_id: Type.Optional({
              ...Position,
              description: 'As the header, for whoever cannot set one; the header outweighs it.',
            }),
          },
          { additionalProperties: false },
        ),
        headers: Type.Object({
          'last-event-id': Type.Optional({
            ...Position,
            description: 'Number of the last event that was received: the next one is sent first.',
          }),
        }),
        response: {
          ...problems,
          200: {
            description: 'Without end, until the session is over.',
            content: { 'text/event-stream': { schema: Type.String() } },
          },
        },
      },
    },
    (request, reply) => {
      const session = signedIn(request);
      const subscription = feed.subscribe(session.userId);
      // However it ends, and if it has already.
      finished(reply.raw, subscription.end);
      const after = request.headers['last-event-id'] ?? request.query.last_event_id;
      const messages = streamEvents({
        database,
        subscription,
        session,
        after: after === undefined ? undefined : Number(after),
        onError: (error) => request.log.warn({ err: error }, 'a stream of events has to wait'),
      });
      const taken = dropStalled(messages, () => reply.raw.destroy(), LONGEST_STALL_MS);
      return reply
        .headers({
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          // Asks a reverse proxy not to hold anything back.
          'x-accel-buffering': 'no',
          // The server, when it stops, waits for connections that could be used again.
          connection: 'close',
        })
        .send(Readable.from(taken, { highWaterMark: 1 }));
    },
  );
}
