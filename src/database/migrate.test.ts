import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, inject, test } from 'vitest';
import { describeCatalog } from '../../testing/catalog.ts';
import { runChild } from '../../testing/child.ts';
import { type Row, readContent, readRows } from '../../testing/content.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { fillEveryTable } from '../../testing/fill.ts';
import { SCHEMA_TEXT_FILE, describeSchema } from '../../testing/schema-text.ts';
import { SCHEMA_FILE, generateSchema } from '../../testing/schema.ts';
import type { DatabaseAddress } from '../config/database-address.ts';
import { migrateDown, migrateUp, migrationStatus } from './migrate.ts';
import { withClient } from './roles.ts';
import { migrationNames } from './schema-version.ts';
import { tenantTransaction } from './transaction.ts';

const ALL = migrationNames();
const migrated = await describeCatalog(inject('template').admin);

/** Rows of the tables of `shape`, by its columns, in an order that does not depend on others. */
function inColumnsOf(shape: Record<string, Row[]>, content: Record<string, Row[]>) {
  return Object.entries(shape).map(([name, [sample = {}]]) => {
    const columns = Object.keys(sample);
    const rows = content[name]?.map((row) => columns.map((column) => row[column]));
    return { name, columns, rows: rows?.map((row) => JSON.stringify(row)).toSorted() };
  });
}

function appliedIn(admin: DatabaseAddress): Promise<string[]> {
  return withClient(admin, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select name from kysely_migration order by 1',
    );
    return rows.map(({ name }) => name);
  });
}

describe('on an empty database', async () => {
  const { addresses } = await createTestDatabase('template0');
  const { admin } = addresses;

  test('every migration is pending, then applied once, and again is nothing to do', async () => {
    expect(await migrationStatus(admin)).toEqual(ALL.map((name) => ({ name })));
    expect(await migrateUp(admin)).toEqual(ALL);
    expect(await migrateUp(admin)).toEqual([]);
    const status = await migrationStatus(admin);
    expect(status.filter(({ appliedAt }) => appliedAt === undefined)).toEqual([]);
    expect(await describeCatalog(admin)).toEqual(migrated);
  });

  test('down all leaves the record of migrations, empty, and nothing else', async () => {
    expect(await migrateDown(admin, ALL.length)).toEqual(ALL.toReversed());
    const rest = await describeCatalog(admin);
    expect(rest.filter((line) => !/kysely_migration|^schema grants/.test(line))).toEqual([]);
    expect(await migrateDown(admin, 1)).toEqual([]);
  });

  test('up, down and up again gives the same catalog', async () => {
    await migrateUp(admin);
    expect(await describeCatalog(admin)).toEqual(migrated);
  });
});

describe('on a filled database', async () => {
  const databases = await Promise.all(ALL.map(() => createTestDatabase()));

  test.each(
    databases.map(({ addresses }, index) => ({ admin: addresses.admin, steps: index + 1 })),
  )(
    'going down by $steps and up again loses only what was in the tables and columns taken back',
    async ({ admin, steps }) => {
      await fillEveryTable(admin, 2);
      const before = await readRows(admin);
      expect(await migrateDown(admin, steps)).toEqual(ALL.slice(-steps).toReversed());
      const kept = await readRows(admin);
      expect(inColumnsOf(kept, before)).toEqual(inColumnsOf(kept, kept));

      await migrateUp(admin);
      const after = await readRows(admin);
      expect(inColumnsOf(kept, after)).toEqual(inColumnsOf(kept, kept));
      // Every user has a home again.
      const again = Object.entries(after).filter(([name]) => !(name in kept) && name !== 'homes');
      expect(again.flatMap(([, rows]) => rows)).toEqual([]);
      expect(await describeCatalog(admin)).toEqual(migrated);
    },
  );
});

describe('tokens from before there were scopes', async () => {
  const { addresses, service } = await createTestDatabase();
  const { admin } = addresses;
  const SCOPES = ['read', 'control', 'manage', 'account'];

  test('keep every right; a limited token does not get more by going back', async () => {
    const user_id = await createUser(service);
    const create = (token_name: string, scopes: string[]) =>
      tenantTransaction(service, user_id, (transaction) =>
        transaction
          .insertInto('user_sessions')
          .values({
            user_id,
            session_id: token_name,
            token_hash: randomBytes(32),
            token_name,
            scopes,
            expires_at: sql`now() + interval '1 day'`,
          })
          .execute(),
      );
    await create('of every right', SCOPES);
    await create('limited', ['read']);
    const from = migrationNames().indexOf('0006_token_scopes');
    await migrateDown(admin, ALL.length - from);
    await migrateUp(admin);
    const { rows } = await withClient(admin, (client) =>
      client.query(`select token_name, scopes from user_sessions`),
    );
    expect(rows).toEqual([{ token_name: 'of every right', scopes: SCOPES }]);
  });
});

describe('when several processes migrate at once', async () => {
  const { addresses } = await createTestDatabase('template0');

  test('all succeed, and each migration is applied once', async () => {
    const { admin } = addresses;
    const children = Array.from({ length: 4 }, () =>
      runChild(`
        import { migrateUp } from './src/database/migrate.ts';
        console.log('applied', JSON.stringify(await migrateUp(${JSON.stringify(admin)})));
      `),
    );
    const results = await Promise.all(children.map(({ ended }) => ended));
    const said = results.map((result) => result.said.trim()).toSorted();
    expect(said).toEqual(
      ['applied []', 'applied []', 'applied []', `applied ${JSON.stringify(ALL)}`].toSorted(),
    );
    expect(await appliedIn(admin)).toEqual(ALL);
    expect(await describeCatalog(admin)).toEqual(migrated);
  });
});

describe('a migration that fails', async () => {
  const { addresses, owner } = await createTestDatabase('template0');
  const { admin } = addresses;

  test('leaves nothing, not even of those before it, and works once the cause is fixed', async () => {
    await owner.schema.createTable('user_settings').addColumn('id', 'uuid').execute();
    await expect(migrateUp(admin)).rejects.toThrow(
      'Migration 0001_baseline failed, nothing was changed: relation "user_settings" already exists',
    );
    expect(Object.keys(await readContent(admin))).toEqual(['user_settings']);
    expect(await migrationStatus(admin)).toEqual(ALL.map((name) => ({ name })));

    await owner.schema.dropTable('user_settings').execute();
    expect(await migrateUp(admin)).toEqual(ALL);
    expect(await describeCatalog(admin)).toEqual(migrated);
  });
});

/** Each landed file, and the SHA-256 of its content (`sha256sum`). A new migration adds its two. */
const LANDED: Record<string, string> = {
  '0001_baseline.down.sql': '51bec4a4c3948f68a4d03ce23ac95a54d520093938472b75d89abd487b4d82cc',
  '0001_baseline.up.sql': 'cbd5ed2da30218fd5b10f5c8aec40f64a33b599b5faefe0b5350bc542c43a6b9',
  '0002_events_by_trigger.down.sql':
    '9bec6b6acaf9c7c495501e4205c6a981b5984e85a7801f9a0508a68e8472a5b2',
  '0002_events_by_trigger.up.sql':
    '3cd4e6a0e90b53315dac3de6e030ad55dacd4e4688eda8c48d7561ac3dfa5965',
  '0003_policy_targets.down.sql':
    '8d283ec8256114134dac8a1f9005bccd08ce029670c491a7bb52f692773a8e7d',
  '0003_policy_targets.up.sql': '1e6577c54d020e97f9ac990228f6666ec5f356396c2896fda912b55ea8857c97',
  '0004_scan_requests.down.sql': '9c98eb7cf971a524245a73471c9f6e6771cb9dba27b6aa8ff8182a8ddfd42099',
  '0004_scan_requests.up.sql': 'c31b700f9898b8eda06a546b29f6fbafec0e4ad3e7d421602875419befee88ba',
  '0005_imported_history.down.sql':
    '1cca4e05ffc9c2fb58b16ea0f6284f9e10579a8f22223cf8b9e47edd3b238278',
  '0005_imported_history.up.sql':
    '6675bb02e523cbfac9a095364d24b1ce10bd191ecdfa62be77887091ced82677',
  '0006_token_scopes.down.sql': 'a94a964604544c318ac1267167f28005a2f9e6f10af4ee27db875e55f6f9f920',
  '0006_token_scopes.up.sql': 'bc952a74fe2fa2830e847e1a8d4380aca01fb92c1a4bb568bcd19c1c4373339a',
  '0007_block_type_length.down.sql':
    '05f349ee499f058d8f2a7408cc31348bc0825e601741af807efb3b810159b236',
  '0007_block_type_length.up.sql':
    '34f6eeb91dbf80d382e1719bb470bc3bb83f1a23d80c728e2e2e8b57be27e729',
  '0008_fresh_sign_in.down.sql': '960cde17b33e2992b9ff85e4c4bc7ed21480de0d77c203bdfa842c1d85d9e483',
  '0008_fresh_sign_in.up.sql': '7ad6c89d774ec0997238601526027b2073530fa4172e6e48967499543d67cc4c',
  '0009_fetched_installers.down.sql':
    'ebad191d997adc3375c814de8be0ffd38a225d5260ca72d7c15249178d412fd3',
  '0009_fetched_installers.up.sql':
    '89c97ba02bb8a85636aa2293361bf66ae65d0ac0e4967ba73597b63785379622',
  '0010_invitations.down.sql': '0606c8b87e7d4e0ba38ff9ff36c50f14b238b33d1f448fc6cfb9646b764ad2c0',
  '0010_invitations.up.sql': '9e41b436c2adebce050e2af5638f4817b670e9a434e1a8f81d31a60444c9eb70',
  '0011_agent_features.down.sql':
    '14e9c2c9f2fed8de64a1452de2acc29578ec3de778b3a3725f47522a3fe2b407',
  '0011_agent_features.up.sql': '1fd38d8acb1a1277f534480c2e01566cc1aa73eb7fb3b6295e696d807f03e9e6',
  '0012_rsa_keys.down.sql': '4608cf0d70e123b3578cff18c4da1331841a82c5bba6de8fbd8aaa4fadd042a4',
  '0012_rsa_keys.up.sql': '0629e2437f6ff2bb8fda5e1da91e3b0c0d3653f0bddadc7ca6c39aa136be6e4d',
  '0013_places_and_facts.down.sql':
    '351bb2918ceda97b390690193746188c9513bbcbe0953403ebf52d8659a2b36c',
  '0013_places_and_facts.up.sql':
    'd86da2e02243c5a9f18e2c0ae8d49ec2091589d01cfb628f7e572d662dd2a760',
  '0014_refused_lines.down.sql': 'ea56d005b457931b7853ed5dfd57155ac82525eb77e402b951d3fea53b0a616f',
  '0014_refused_lines.up.sql': '718e4448c527b5a10114aa270c6fe791680da71a8938600352a8f7a67f4a3ef2',
  '0015_what_is_seen_now.down.sql':
    'f0e282758d0f63d7a8bd6f1879e6e55ee64fd2f62db4bddc84c92cac85b6b0f4',
  '0015_what_is_seen_now.up.sql':
    '4f10be70f72dd6c0af5a24faa55c0b52ac5c8c5b0e9d1e6f23e7f2bc65ef263b',
  '0016_one_address.down.sql': '9287f37ef7ae2eb0f2c946b54a00fc9b813e58cbe5985277669aa61144e8e6ec',
  '0016_one_address.up.sql': 'a16a4a7e7bf613300b209681b62fa814c28bd2aa36643c679b1f612b2f10e6ac',
  '0017_too_long.down.sql': '0909206c6b006fe3c5b081d31723702e744c31790da2c1b4b1b6caa868bbd95e',
  '0017_too_long.up.sql': '5883324f200c51ec5c8a50fe948879b3e6a85ec19bd651207fdd94bce7bd96cc',
  '0018_agent_updates.down.sql': 'ea20663c1e112014acec627b2fe811de700ee7b91b3bb3aef2a6dddc5642c9cd',
  '0018_agent_updates.up.sql': '93d03b7438d2c1544ca7f6c9fa8f60b933824b336b0289b644d06197e592af42',
  '0019_usage_health_wake.down.sql':
    '7488a6f000781cb85829c5371dc32973e62ce061fbb49a54de64f6d33778cb8f',
  '0019_usage_health_wake.up.sql':
    '5c42ede47799472f69202c7093b1fedeadbd949b8ae1e02f9c5b6b0a94977c9a',
  '0020_homes_people_rules.down.sql':
    '055baa3cfd78c175b53957950dcc4a263ed7555e33d5d7e7bac1480e636d99de',
  '0020_homes_people_rules.up.sql':
    'a41281464b3379a60e26e4ff048ab6d00aa9034837d89e2012f9c692fc5e849e',
  '0021_members.down.sql': '986f64c40ef604c38fede2efd82ef0e5cb08d0f933768c1beb4d58ebabd2bb8e',
  '0021_members.up.sql': 'b0bd1eab0e4cced851d193bc019193e40023c0714dcf7f5d17899ed8df07c214',
  '0023_devices_of_people.down.sql':
    '01cdd3991f9b29d6f852f2d65a8322b4f2ac42a9192f7c6abf1995f0a79f42a4',
  '0023_devices_of_people.up.sql':
    '9273eff41c7cf1601db9f171c5efe267e3ea1045e11c412dbde321753cee7d98',
  '0025_router_connections.down.sql':
    '5b4d9cadcd7cafe79d22644ee4293572e9b71d9da2e75e8a68366584ade9b232',
  '0025_router_connections.up.sql':
    'f7f40301717793132617f9c09b0b4130189044a5ef8cba975f0d8f04f32f7395',
  '0026_changed_homes.down.sql': 'e547c8ddf1178214afd43301ecb89a56c75ae7683308795e2ce48c1e9d67d2ff',
  '0026_changed_homes.up.sql': '4526d0d7bca4580d11a3e460352edc2a6bf36c7cf8abe4d772aef007f51d9c8a',
  '0027_usage.down.sql': '43c4734dfe15af6ee4664a70df3c1ebc36ab26f53ef031757467afb87e144104',
  '0027_usage.up.sql': 'c5deacfed2f8a125d0a9bacd84ffed7217e579c7f45ec8ee3610cf4b9bd40bad',
  '0029_alerts.down.sql': '4723ee908caef012e5b2200392e7eb96178d27e625d33cbe7840ceb5a639b81e',
  '0029_alerts.up.sql': '7a566a22353ce97c88056fc3e85df6a5e01af1e70634919ea75e75374a9762d0',
  '0031_who_acted.down.sql': '6c1a861d36e6403a55d2700e7444a6ca468257ffd4fea2420e148cbf390ca01b',
  '0031_who_acted.up.sql': '3d2dd026258650e3966636eec174df4776fe9ad1946dbca951926bceaf0ee34e',
  '0032_quiet_hours.down.sql': 'd38b7414b028f787289acbc32da434ca23cd5f40052c17bc6f617f784bec8736',
  '0032_quiet_hours.up.sql': '48840d6e5b8f85fc0fff6b5f2d25cc130ddf9629bf082d645d9383533ceb77b4',
  '0036_pending_since.down.sql': 'bc98e52ff2f0d7a8b737ea2ce887d476ef552012b00ee656ad5b006a7d346290',
  '0036_pending_since.up.sql': 'a8c4384eeea62308b73a0070f2e53c44f8b0b86df981bab605d2ac7f84601495',
  '0037_sweep.down.sql': 'eddcd20a69539275115effef7e148d8d84a913e5c15887898a5a31864023e5e5',
  '0037_sweep.up.sql': 'cdaac96a71e77d6e074a99344e263f0c565699f0e7107958f604226d1a05367e',
  '0038_ended_connections.down.sql':
    '6d76d933476e1f637e0e00ab345d63ce801dcb927d9f7e7439c403c902af97a0',
  '0038_ended_connections.up.sql':
    '3532837257edb9effb721deb280953bdcff9518a349ce03017af66f6af04454c',
  '0039_partitions.down.sql': '6198be597a17d524c6b5f38da92d6462948e3ba75141388eead0bfabeda19634',
  '0039_partitions.up.sql': 'a713cbbe52b9c301ad75559eaf281a14afa1f68e07a8e905ac59bca67328ae66',
  '0040_leases.down.sql': '5428dd100c1790348d048514c17f0e100b4c5544bd84a8e3eecb83f136a58b0a',
  '0040_leases.up.sql': '3961cddb694d41ad83a0cb3da845a98ba41a6fbaffd7a744f131cb8cccaf113d',
  '0028_health_and_asks.down.sql':
    'f85b9bd6a5cc5e58ba794869e4d30d2dc24443d5be43a369d630300168f6361e',
  '0028_health_and_asks.up.sql': '142dd18d6b6b844239aa04c3e36c2c4ed1b546818cef266f1b623b8569aedd4b',
  '0041_ask_of_link.down.sql': '4053c7086ced1410ac786e7f596c0b6c919196dce901562a856dd4317bb1d2c8',
  '0041_ask_of_link.up.sql': '2a716c25e9eab018bf80a91218b0f7d4ff63e897de818d41fb430c3d79a1ac62',
  '0042_moved_users.up.sql': '007f6e333311b0b750a3c9af0cab331ff6e2cd81d8bacb0b43547dac5a75655d',
  '0042_moved_users.down.sql': '2ebb99391f88ea92a44394eafa5d6ab33ff0fe519f1ec9844bd73bb3104bb616',
  '0043_moved_gate.down.sql': '1ab350ed7167e468e30dd74b255bbb8d008e808d1279d46f7257e2f9b527cd7c',
  '0043_moved_gate.up.sql': '0f55dd4485bb31b5fbc2780ab06d4a8cb0b6bb1f36359cefe66841f2fcc373ee',
  '0044_numbered_events.down.sql':
    'aea7107c11fd2f3d8c0dfe9b926b11b9063813e79b703b646956230822ad995f',
  '0044_numbered_events.up.sql': 'c8f5bf9561dad7232367a4ecffdbd701175fb9d23f2098306a42154dac429b55',
  '0045_seen_routers.down.sql': '8ec0a2b5252eb509866c35c1b31ad543f1b6b016b0f3b4a04986bae26039d8b3',
  '0045_seen_routers.up.sql': '9a40a0cad8115f3be0585c1373ef2c6f52ae7930c31abea6c2c7a8885ef3e115',
};

test('no landed migration was edited: what is to change comes with a new one', () => {
  const folder = `${import.meta.dirname}/migrations`;
  const found = readdirSync(folder).map((file) => [
    file,
    createHash('sha256')
      .update(readFileSync(`${folder}/${file}`))
      .digest('hex'),
  ]);
  expect(Object.fromEntries(found)).toEqual(LANDED);
});

test.each(ALL)('%s has a way up and a way down', (name) => {
  for (const direction of ['up', 'down']) {
    const file = `${import.meta.dirname}/migrations/${name}.${direction}.sql`;
    expect(readFileSync(file, 'utf8').trim()).not.toBe('');
  }
});

test('schema.sql is the schema of the migrated database (fix with `npm run generate`)', async () => {
  expect(await describeSchema(inject('template').admin)).toBe(
    readFileSync(SCHEMA_TEXT_FILE, 'utf8'),
  );
});

test('the TypeScript types are those of the migrated database (fix with `npm run generate`)', async () => {
  expect(await generateSchema(inject('template').admin)).toBe(readFileSync(SCHEMA_FILE, 'utf8'));
});
