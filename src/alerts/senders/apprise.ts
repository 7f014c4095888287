import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Strict } from '../../api/schema.ts';
import { PathPart, ServerUrl } from './fields.ts';
import { type Sender, below, hostOf, jsonRequest } from './sender.ts';

export const AppriseSettings = Strict({
  server: ServerUrl('Your Apprise API.'),
  key: PathPart('Of a configuration there.'),
  tag: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Only targets with this tag.' }),
  ),
});

/** Everything else: Apprise knows a hundred services. */
export const apprise: Sender = {
  settings: AppriseSettings,
  shown: (settings) => ({ server: hostOf(read(settings).server) }),
  request: ({ title, text, severity, url }, settings) => {
    const { server, key, tag } = read(settings);
    return jsonRequest(below(server, `/notify/${key}`), {
      title,
      body: `${text}\n${url}`,
      type: severity,
      format: 'text',
      ...(tag !== undefined && { tag }),
    });
  },
};

function read(settings: unknown): Static<typeof AppriseSettings> {
  return Value.Parse(AppriseSettings, settings);
}
