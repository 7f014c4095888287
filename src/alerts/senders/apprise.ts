import { Type } from 'typebox';
import { Strict } from '../../api/schema.ts';
import { ServerUrl } from './fields.ts';
import { defineSender, below, hostOf, jsonContent } from './sender.ts';

const AppriseSettings = Strict({
  server: ServerUrl('Your Apprise API.'),
  key: Type.String({
    // As its own routes have it.
    pattern: '^[\\w-]{1,128}$',
    description: 'Of a configuration there.',
  }),
  tag: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Only targets with this tag.' }),
  ),
});

/** Everything else: Apprise knows a hundred services. */
export const apprise = defineSender(AppriseSettings, {
  shown: (settings) => ({ server: hostOf(settings.server) }),
  address: ({ server, key }) => below(server, `/notify/${key}`),
  content: ({ title, text, severity, url }, { tag }) =>
    jsonContent({
      title,
      body: `${text}\n${url}`,
      type: severity,
      format: 'text',
      ...(tag !== undefined && { tag }),
    }),
  problems: { 204: 'apprise_204', 424: 'apprise_424' },
  // Sent again it would come to the others again.
  final: [424],
});
