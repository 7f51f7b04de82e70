import { type SignInLink, signInLinkPath, type UserRecord, type Users } from '@imprest/application';
import { type OperatorRole, operatorRoles } from '@imprest/domain';
import type { Config } from '@imprest/platform';
import { Command, InvalidArgumentError, Option } from 'commander';
import { jsonOption } from '../events/event-options.js';
import { operatorAtTerminal } from '../ledger/operator-at-terminal.js';
import { UsageError } from '../terminal/run-cli.js';
import type { Terminal } from '../terminal/terminal.js';
import { listUsers } from '../users/list.js';
import { withUsers } from '../users/with-users.js';

interface Shown {
  readonly json?: boolean;
}

interface Reasoned extends Shown {
  readonly reason: string;
}

interface WithRoles extends Reasoned {
  readonly roles: readonly OperatorRole[];
}

const isRole = (name: string): name is OperatorRole =>
  (operatorRoles as readonly string[]).includes(name);

/** `finance,moderation`, or `none` */
function rolesOf(text: string): readonly OperatorRole[] {
  const names = text === 'none' ? [] : text.split(',');
  if (names.every(isRole)) return names;
  throw new InvalidArgumentError(`Roles are ${operatorRoles.join(', ')}, or none.`);
}

const rolesOption = () =>
  new Option('--roles <roles>', `all roles from now on: ${operatorRoles.join(', ')}, or none`)
    .argParser(rolesOf)
    .makeOptionMandatory(true);
const reasonOption = () =>
  new Option('--reason <text>', 'goes on record').makeOptionMandatory(true);

function linkOf({ token }: SignInLink, { publicUrl, port }: Config): string {
  return `${publicUrl ?? `http://127.0.0.1:${port}`}${signInLinkPath(token)}`;
}

async function showLink(terminal: Terminal, link: SignInLink, config: Config, json?: boolean) {
  const url = linkOf(link, config);
  if (json) return terminal.printJson({ link: url, expiresAt: link.expiresAt });
  terminal.say(`Hand it over: it signs in once, until ${link.expiresAt}.`);
  return terminal.print(url);
}

/** Changes one user and shows what became of it. */
async function change(
  terminal: Terminal,
  idOrEmail: string,
  { reason, json }: Reasoned,
  work: (users: Users, user: UserRecord) => Promise<void>,
): Promise<void> {
  if (reason.trim() === '') throw new UsageError('--reason must say why');
  await withUsers(terminal, async (users) => {
    const user = await users.find(idOrEmail);
    await work(users, user);
    const changed = await users.find(user.userId);
    if (json) return void (await terminal.printJson(changed));
    const roles = changed.operatorRoles.join(', ') || 'no operator';
    await terminal.print(`${changed.email} ${changed.disabled ? 'disabled' : 'active'}: ${roles}`);
  });
}

function addChanges(users: Command, terminal: Terminal): void {
  users
    .command('roles <user>')
    .description('make somebody an operator, with these roles and no others')
    .addOption(rolesOption())
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((who: string, options: WithRoles) =>
      change(terminal, who, options, (all, { userId }) =>
        all.assignRoles(userId, options.roles, options.reason, operatorAtTerminal()),
      ),
    );
  const changes = [
    ['disable', 'keep somebody from signing in, and end every session', 'disable'],
    ['enable', 'let somebody sign in again', 'enable'],
    ['sign-out', 'end every session and link of somebody, who may sign in again', 'endSessions'],
  ] as const;
  for (const [name, meaning, does] of changes) {
    users
      .command(`${name} <user>`)
      .description(meaning)
      .addOption(reasonOption())
      .addOption(jsonOption())
      .action((who: string, options: Reasoned) =>
        change(terminal, who, options, (all, { userId }) =>
          all[does](userId, options.reason, operatorAtTerminal()),
        ),
      );
  }
}

/** The people who sign in at the console. A user is named by id or e-mail. */
export function usersCommand(terminal: Terminal): Command {
  const users = new Command('users').description('people who sign in at the console');
  users
    .command('list')
    .description('everybody, newest first')
    .addOption(jsonOption())
    .action(({ json }: Shown) => withUsers(terminal, (all) => listUsers(terminal, all, json)));
  users
    .command('link <user>')
    .description('a link that signs in one person, once, within 15 minutes')
    .addOption(jsonOption())
    .action((who: string, { json }: Shown) =>
      withUsers(terminal, async (all, config) => {
        const { userId } = await all.find(who);
        await showLink(terminal, await all.link(userId, operatorAtTerminal()), config, json);
      }),
    );
  users
    .command('invite <e-mail>')
    .description('make somebody new an operator, by a link that is good for a day')
    .addOption(rolesOption())
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((email: string, { roles, reason, json }: WithRoles) =>
      withUsers(terminal, async (all, config) => {
        const context = operatorAtTerminal();
        const { link } = await all.inviteOperator({ email, roles }, reason, context);
        await showLink(terminal, link, config, json);
      }),
    );
  addChanges(users, terminal);
  return users;
}
