import { Type } from 'typebox';
import type { App, Services } from '../api/app.ts';
import { Timestamp } from '../api/schema.ts';
import { signedIn } from '../api/signed-in.ts';
import { isLoopback } from '../config/loopback.ts';
import { ForbiddenError } from '../errors.ts';
import { createLocalLink } from './local-link.ts';

/** Links a minute from one address (IPv6: from one /64). */
const RATE_LIMIT = { max: 20, timeWindow: 60_000 };

const SignInLink = Type.Object({
  sign_in_link: Type.String({ description: 'Shown only now; the database stores a hash.' }),
  expires_at: Timestamp('10 minutes from now.'),
  is_loopback: Type.Boolean({
    description: 'Whether it works only on the machine on which NetPilot runs.',
  }),
});

/** One-time links by which a user signs in another device of theirs. */
export function signInLinkRoutes(app: App, { config, database }: Services): void {
  app.post(
    '/sign-in-links',
    {
      config: { access: 'account', role: 'self', needsFreshSignIn: true, rateLimit: RATE_LIMIT },
      schema: {
        summary: 'Create a one-time link that signs you in on another device',
        description:
          'It works once, for 10 minutes, and only if no issuer is configured. An API token cannot create one. An `Idempotency-Key` has no effect here: the response would have to be stored, and the link is not stored.',
        response: { 201: SignInLink, 403: Type.Ref('Problem') },
      },
    },
    async (request, reply) => {
      const { email, isToken } = signedIn(request);
      if (isToken)
        throw new ForbiddenError('A token cannot create sign-in links: sign in to create one.');
      if (config.issuer !== undefined)
        throw new ForbiddenError(
          `Users sign in at ${config.issuer.url}: there are no one-time links.`,
        );
      const { publicUrl } = config;
      const { url, expiresAt } = await createLocalLink(database, { email, publicUrl });
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({
          sign_in_link: url,
          expires_at: expiresAt,
          is_loopback: isLoopback(new URL(publicUrl).hostname),
        });
    },
  );
}
