import { Type } from 'typebox';
import { confirm, keepOwnDevice } from '../access/own-device.ts';
import { AccessSchema } from '../access/schema.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import { once } from '../api/once.ts';
import { HomeParams, HomeThingParams, Id, Name, Nullable, Strict } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { pick } from '../pick.ts';
import { COLOURS } from '../homes/colours.ts';
import {
  deletePerson,
  findPerson,
  insertPerson,
  listPeople,
  lockPerson,
  updatePerson,
} from '../homes/people.ts';
import { lockPolicies } from '../policy/queries.ts';
import { loadPersonAccess, withAccess } from './person-access.ts';

const Colour = Type.Enum(COLOURS, { description: 'What the person is drawn in.' });

const PersonSchema = Type.Object({
  id: Id,
  home_id: Id,
  name: Name,
  // Text in the answer: another version of the program may know more of them.
  colour: Type.String({ description: `One of ${COLOURS.join(', ')}.` }),
  has_picture: Type.Boolean(),
  member_id: Nullable(
    Type.String({ ...Id, description: 'The member of the home who this is; null: none.' }),
  ),
  devices: Type.Integer({
    description: 'How many devices they have. One that several routers know counts once.',
  }),
  access: Type.Object(AccessSchema.properties, {
    description:
      'What the rules say for the person now: it holds for each of their devices for which nothing else is said, such as a block by hand.',
  }),
});

/** What can be changed of a person. */
const EDITABLE = ['name', 'colour'] as const;

const PersonAddition = Strict({
  name: Name,
  colour: Type.Optional({
    ...Colour,
    description: 'If it is not given, one that few people of the home have.',
  }),
});
const PersonChange = Type.Partial(Type.Object({ name: Name, colour: Colour }), {
  additionalProperties: false,
  minProperties: 1,
});

const params = HomeThingParams;
const path = '/homes/:home_id/people';

/** In this room, as what holds for a person follows from the rules. */
export function peopleRoutes(app: App, services: Services): void {
  readRoutes(app, services);
  addRoute(app, services);
  changeRoutes(app, services);
}

function readRoutes(app: App, { database }: Services): void {
  app.get(
    path,
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'List the people of a home',
        description: 'All of them, by name: a home has 100 at most.',
        params: HomeParams,
        response: { 200: Type.Object({ items: Type.Array(PersonSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const home = { user_id: userId, ...request.params };
        const people = await listPeople(transaction, home);
        return { items: people.map(await loadPersonAccess(transaction, home)) };
      }),
  );

  app.get(
    `${path}/:id`,
    {
      config: { access: 'read', role: 'viewer' },
      schema: { summary: 'Get a person', params, response: { 200: PersonSchema } },
    },
    async (request, reply) => {
      const person = await inTenant(database, request, async (transaction, { userId }) => {
        const key = { user_id: userId, ...request.params };
        return withAccess(transaction, await findPerson(transaction, key));
      });
      return withEtag(reply, person, pick(person, EDITABLE));
    },
  );
}

function addRoute(app: App, { database }: Services): void {
  app.post(
    path,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Add a person to a home',
        description:
          'Somebody who lives or stays there, with devices of their own. They need no account. Two people of a home cannot have the same name.',
        params: HomeParams,
        body: PersonAddition,
        response: { 201: PersonSchema },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const home = { user_id: actor.userId, ...request.params };
        const person = await insertPerson(transaction, home, request.body);
        const details = pick(person, ['home_id', ...EDITABLE]);
        await recordAudit(transaction, actor, 'person.created', { id: person.id }, details);
        return {
          status: 201,
          location: `/api/v1/homes/${person.home_id}/people/${person.id}`,
          body: await withAccess(transaction, person),
        };
      }),
  );
}

function changeRoutes(app: App, { database }: Services): void {
  app.patch(
    `${path}/:id`,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Change the name or the colour of a person',
        params,
        body: PersonChange,
        response: { 200: PersonSchema },
      },
    },
    async (request, reply) => {
      const person = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const before = await lockPerson(transaction, key);
        requireMatch(request, pick(before, EDITABLE));
        await updatePerson(transaction, key, request.body);
        const after = await findPerson(transaction, key);
        await recordAudit(
          transaction,
          actor,
          'person.changed',
          { id: key.id },
          {
            home_id: key.home_id,
            name: after.name,
            before: pick(before, EDITABLE),
            after: pick(after, EDITABLE),
          },
        );
        return withAccess(transaction, after);
      });
      return withEtag(reply, person, pick(person, EDITABLE));
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Delete a person',
        description: 'The rules for them are deleted too. Their devices stay, and are nobody’s.',
        params,
        querystring: Strict({ confirm }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        await lockPolicies(transaction, key);
        const person = await lockPerson(transaction, key);
        requireMatch(request, pick(person, EDITABLE));
        await keepOwnDevice(transaction, request, actor, request.query.confirm, () =>
          deletePerson(transaction, key),
        );
        const details = pick(person, ['home_id', 'name', 'devices']);
        await recordAudit(transaction, actor, 'person.deleted', { id: key.id }, details);
      });
      return reply.code(204).send(null);
    },
  );
}
