import { Type } from 'typebox';
import { Strict } from '../../api/schema.ts';
import { PathPart, ServerUrl } from './fields.ts';
import { defineSender, below, hostOf, jsonRequest } from './sender.ts';

const AppriseSettings = Strict({
  server: ServerUrl('Your Apprise API.'),
  key: PathPart('Of a configuration there.'),
  tag: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Only targets with this tag.' }),
  ),
});

/** Everything else: Apprise knows a hundred services. */
export const apprise = defineSender(AppriseSettings, {
  shown: (settings) => ({ server: hostOf(settings.server) }),
  request: ({ title, text, severity, url }, settings) => {
    const { server, key, tag } = settings;
    return jsonRequest(below(server, `/notify/${key}`), {
      title,
      body: `${text}\n${url}`,
      type: severity,
      format: 'text',
      ...(tag !== undefined && { tag }),
    });
  },
});
