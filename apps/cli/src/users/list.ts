import type { UserRecord, Users } from '@imprest/application';
import { moment, tableLines } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

const PAGE = 100;

async function* everybody(users: Users): AsyncGenerator<UserRecord> {
  let last: string | undefined;
  do {
    const page = await users.page(PAGE, last);
    yield* page;
    last = page.length < PAGE ? undefined : page.at(-1)?.userId;
  } while (last !== undefined);
}

function row(user: UserRecord): readonly string[] {
  const { userId, email, operatorRoles, memberships, createdAt } = user;
  const listed = (names: readonly string[]) => (names.length === 0 ? '-' : names.join(','));
  const tenants = memberships.map(({ tenantId, role }) => `${tenantId}:${role}`);
  const state = user.disabled ? 'disabled' : user.secondFactor ? 'two factors' : 'active';
  return [userId, email, state, listed(operatorRoles), listed(tenants), moment(createdAt)];
}

export async function listUsers(terminal: Terminal, users: Users, json?: boolean): Promise<void> {
  const rows: (readonly string[])[] = [];
  for await (const user of everybody(users)) {
    if (json) await terminal.printJson(user);
    else rows.push(row(user));
  }
  if (json) return;
  const titles = ['user', 'e-mail', 'state', 'operator', 'tenants', 'since'];
  const columns = titles.map((title) => ({ title }));
  await terminal.print(rows.length === 0 ? 'Nobody.' : tableLines(columns, rows).join('\n'));
}
