import {
  ConsoleSessions,
  systemClock as clock,
  IssueLimits,
  Memberships,
  Passwords,
  Registration,
  SignInLinks,
  Users,
} from '@imprest/application';
import { Argon2PasswordHasher } from '@imprest/credentials';
import { PostgresIdentityStore } from '@imprest/identity-postgres';
import type { Config } from '@imprest/platform';
import { withEngines } from '../engines.js';
import { orRefusal } from '../terminal/or-refusal.js';
import type { Terminal } from '../terminal/terminal.js';

/** Beside a running program, which feels a change within seconds. */
export async function withUsers(
  terminal: Terminal,
  work: (users: Users, config: Config) => Promise<void>,
): Promise<void> {
  await withEngines(terminal, async (engines) => {
    const runner = engines.runner(await engines.eventStore());
    const store = new PostgresIdentityStore(engines);
    try {
      const memberships = new Memberships(runner, store);
      const passwords = new Passwords(new Argon2PasswordHasher());
      const users = new Users(
        runner,
        new Registration(runner, passwords, store, clock),
        memberships,
        new SignInLinks(runner, store, clock),
        new IssueLimits(store, clock),
        new ConsoleSessions(runner, memberships, store, clock),
        store,
      );
      await orRefusal(terminal, () => work(users, engines.config));
    } finally {
      await store.close();
    }
  });
}
