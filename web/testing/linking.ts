/** The dialog that links a router, and what came of it. */
import type { Page } from 'playwright-core';
import { tenantTransaction } from '../../src/database/transaction.ts';
import type { TestDatabase } from '../../testing/database.ts';

export const lineIn = (page: Page) =>
  page.getByRole('dialog', { name: 'Link a router' }).getByText('/install.sh');

export async function codeIn(page: Page): Promise<string> {
  const [, code = ''] = / sh (\S+)$/.exec((await lineIn(page).textContent()) ?? '') ?? [];
  return code;
}

export function activeRouters(database: TestDatabase, userId: string): Promise<string[]> {
  return tenantTransaction(database.service, userId, async (transaction) => {
    const routers = await transaction
      .selectFrom('user_routers')
      .select('router_id')
      .where('is_active', '=', true)
      .execute();
    return routers.map(({ router_id }) => router_id);
  });
}
