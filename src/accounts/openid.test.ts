import { describe, expect, test } from 'vitest';
import claims from '../../testing/field-cases/33-thin-id-token/claims.json' with { type: 'json' };
import { createTestDatabase } from '../../testing/database.ts';
import type { Claims } from '../../testing/issuer.ts';
import { newBrowser, somebody, startSignInService } from '../../testing/sign-in.ts';

describe('33-thin-id-token', async () => {
  const database = await createTestDatabase();
  const thin = await startSignInService(database, {
    inIdToken: ({ email_verified: _atUserinfo, ...rest }) => rest,
  });

  async function emailOf(service: typeof thin, who: Claims): Promise<unknown> {
    const by = newBrowser();
    expect((await service.signIn(who, by)).status).toBe(303);
    return JSON.parse((await by.send('GET', `${service.url}/api/v1/me`)).text).email;
  }

  test('userinfo is asked if the ID token does not say that its e-mail is verified', async () => {
    expect({ ...claims.id_token, email_verified: true }).toEqual(claims.userinfo);
    expect(await emailOf(thin, claims.userinfo)).toBe(claims.userinfo.email);
  });

  test('it is refused if userinfo does not say so either', async () => {
    const { email_verified: _verified, ...silent } = somebody();
    for (const person of [silent, { ...silent, email_verified: false }])
      expect((await thin.signIn(person)).status).toBe(403);
  });

  test('the e-mail that counts is the verified one, not another one in the ID token', async () => {
    const other = await startSignInService(database, {
      inIdToken: ({ sub }) => ({ sub, email: 'somebody-else@example.com' }),
    });
    const ann = somebody();
    expect(await emailOf(other, ann)).toBe(ann.email);
  });

  test('userinfo is not asked if the ID token says that it is not verified', async () => {
    const clear = await startSignInService(database, {
      inIdToken: (who) => ({ ...who, email_verified: false }),
    });
    expect((await clear.signIn(somebody())).status).toBe(403);
  });
});
