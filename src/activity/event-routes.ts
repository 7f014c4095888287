import { Readable, finished } from 'node:stream';
import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { dropStalled } from '../api/stall-timeout.ts';
import { Json, Nullable, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { type SignedIn, signedIn } from '../api/signed-in.ts';
import { ForbiddenError, InvalidInputError } from '../errors.ts';
import { EVENT_TYPES } from './actions.ts';
import { createFeed } from './feed.ts';
import { streamEvents } from './stream.ts';

/** A client that reads nothing for this long is dropped; it can resume where it was. */
const LONGEST_STALL_MS = 30_000;
/** Routers count by the minute. */
const USAGE_EVERY_MS = 60_000;

/** The `data` of a message; added to the document by name, as no route's schema refers to it. */
export const Event = Type.Object(
  {
    number: Type.Integer({
      description:
        "Its number among the events of the home's owner: 1, 2, 3 and so on. Also the message's `id`.",
    }),
    at: Timestamp(),
    type: Type.Unsafe<string>({
      type: 'string',
      enum: EVENT_TYPES,
      description:
        'The action, for what the audit records too. `policy.pending`: a router has a new policy to apply.',
    }),
    router_id: Nullable(RouterId),
    subject_id: Nullable(Type.String({ description: 'Id of what it happened to.' })),
    data: Json,
  },
  { $id: 'Event' },
);

/** A text in both places: Fastify copies the schemas of headers, and a copy converts nothing. */
const Position = Type.String({ pattern: '^\\d{1,15}$' });

export function eventRoutes(app: App, { database, wakes, onEventFeed }: Services): void {
  const feed = createFeed(wakes);
  app.addHook('preClose', async () => feed.close());
  onEventFeed?.(feed.count);

  app.get(
    '/events',
    {
      config: { access: 'read', role: 'viewer', isWithinRouter: true },
      schema: {
        summary: 'Stream events as they happen',
        description:
          'Server-sent events (text/event-stream): the data of each message has the schema `Event`; messages have no name, so that `onmessage` receives all of them. ' +
          'A message named `ready` comes first: `{"resumed": true}` if the stream continues right after `Last-Event-ID`; with `false`, which can also come later, events may be missing: read again what you show. ' +
          "Events are kept for at least 24 hours; each is sent once. The stream ends with the session. Of a home that was chosen it has only that one's events: their numbers have gaps.",
        querystring: Strict({
          usage: Type.Optional(
            Type.Boolean({
              description:
                'Also messages named `usage`: what the chosen home used since midnight in its time zone, `{"devices": [{"device_id", "router_id", "person_id", "down", "up"}], "people": [{"person_id", "down", "up"}]}`, at first and then each minute if it has changed. They have no number. Needs a home, and a token for all routers.',
            }),
          ),
          last_event_id: Type.Optional({
            ...Position,
            description:
              'Like the header, for clients that cannot set it; the header takes precedence.',
          }),
        }),
        headers: Type.Object({
          'last-event-id': Type.Optional({
            ...Position,
            description:
              'Number of the last event that the client received: the next one is sent first.',
          }),
        }),
        response: {
          200: {
            description: 'Continues until the session ends.',
            content: { 'text/event-stream': { schema: Type.Unsafe<Readable>(Type.String()) } },
          },
        },
      },
    },
    async (request, reply) => {
      const session = signedIn(request);
      const { usage = false } = request.query;
      if (usage) requireWholeHome(session);
      const subscription = feed.subscribe(session);
      // However the response ends, also if it has already.
      finished(reply.raw, subscription.end);
      const after = request.headers['last-event-id'] ?? request.query.last_event_id;
      const messages = streamEvents({
        database,
        subscription,
        session,
        after: after === undefined ? undefined : Number(after),
        usageEveryMs: usage ? USAGE_EVERY_MS : undefined,
        onError: (error) =>
          request.log.warn(
            { err: error },
            'an event stream could not read from the database, retrying',
          ),
      });
      const taken = dropStalled(messages, () => reply.raw.destroy(), LONGEST_STALL_MS);
      return reply
        .headers({
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          // Asks a reverse proxy not to buffer.
          'x-accel-buffering': 'no',
          // A stopping server would wait for connections that can be reused.
          connection: 'close',
        })
        .send(Readable.from(taken, { highWaterMark: 1 }));
    },
  );
}

/** Throws InvalidInputError, or ForbiddenError, for a stream that is not about all of one home. */
function requireWholeHome({ homeId, onlyRouterId }: SignedIn): void {
  if (homeId === undefined)
    throw new InvalidInputError([
      { field: 'usage', value: true, expected: 'a home, chosen by the header NetPilot-Home' },
    ]);
  if (onlyRouterId !== undefined)
    throw new ForbiddenError(
      'This token is for one router only, and this is about the whole home: create a token for all routers.',
    );
}
