import {
  AcceptingInvitations,
  ConsoleSessions,
  deriveSecrets,
  IssueLimits,
  Members,
  Memberships,
  OwnPassword,
  OwnSessions,
  type PasswordHasher,
  Passwords,
  Registration,
  SecondFactor,
  SessionOpening,
  SignInGuard,
  SignInLinks,
  SigningIn,
  SigningUp,
  Tenants,
  type TimeCodes,
  Users,
  type Visit,
} from '@imprest/application';
import { decidingProcess } from './deciding-process.js';
import { fixedClock } from './fixed-clock.js';
import { InMemoryDataKeys } from './in-memory-data-keys.js';
import { InMemoryIdentityStore } from './in-memory-identity-store.js';

/** Costs nothing, and counts how often it was asked. */
class CheapHasher implements PasswordHasher {
  verified = 0;

  async hash(password: string): Promise<string> {
    return `hash of ${password}`;
  }

  async verify(hash: string, password: string): Promise<boolean> {
    this.verified += 1;
    return hash === `hash of ${password}`;
  }
}

const STEP_MS = 30_000;
const stepAt = (now: Date) => Math.floor(now.getTime() / STEP_MS);

/** Its code is the time step itself, after the first letter of the secret. */
class PlainCodes implements TimeCodes {
  private made = 0;

  newSecret(): string {
    this.made += 1;
    return `secret ${this.made}`;
  }

  uri(secret: string, account: string, issuer: string): string {
    return `otpauth://totp/${issuer}:${account}?secret=${secret}`;
  }

  stepOf(secret: string, code: string, now: Date): number | undefined {
    return code === this.codeAt(secret, now) ? stepAt(now) : undefined;
  }

  codeAt(secret: string, now: Date): string {
    return `${secret}/${stepAt(now)}`;
  }
}

/** The use cases of signing in, as one process has them. Two over one store and log stand for two. */
export function identityScenario() {
  const clock = fixedClock();
  const store = new InMemoryIdentityStore();
  const { runner, log, snapshots } = decidingProcess({ clock });
  const hasher = new CheapHasher();
  const codes = new PlainCodes();
  const dataKeys = new InMemoryDataKeys();
  const secrets = deriveSecrets(new Uint8Array(32).fill(1));
  const passwords = new Passwords(hasher);
  const memberships = new Memberships(runner, store);
  const sessions = new ConsoleSessions(runner, memberships, store, clock);
  const sessionsElsewhere = () => {
    const there = decidingProcess({ clock, log, snapshots }).runner;
    return new ConsoleSessions(there, new Memberships(there, store), store, clock);
  };
  const guard = new SignInGuard(store, secrets, clock);
  const opening = new SessionOpening(runner, sessions, store, clock);
  const registration = new Registration(runner, passwords, store, clock);
  const signingIn = new SigningIn(runner, passwords, guard, opening, store, clock);
  const limits = new IssueLimits(store, clock);
  const members = new Members(runner, sessions, limits, store, clock);
  const tenants = new Tenants(runner, dataKeys, clock);
  const links = new SignInLinks(runner, store, clock);
  const visits = { correlationId: 'req_1', address: '203.0.113.7' };
  return {
    clock,
    store,
    log,
    hasher,
    codes,
    dataKeys,
    guard,
    sessions,
    /** As another process knows them, which folds the log for itself. */
    sessionsElsewhere,
    signingIn,
    members,
    secondFactor: new SecondFactor(
      runner,
      guard,
      signingIn,
      opening,
      sessions,
      store,
      dataKeys,
      codes,
      clock,
    ),
    password: new OwnPassword(runner, passwords, signingIn, opening, sessions, store, clock),
    ownSessions: new OwnSessions(runner, opening, sessions, store, clock),
    users: new Users(runner, registration, memberships, links, limits, sessions, store),
    signingUp: new SigningUp(guard, registration, tenants, members, opening, store, clock),
    invitations: new AcceptingInvitations(
      runner,
      guard,
      registration,
      signingIn,
      opening,
      sessions,
      store,
      clock,
    ),
    /** Of a browser with this session. */
    visit: (token?: string, address = visits.address): Visit => ({
      ...visits,
      address,
      ...(token !== undefined && { token }),
    }),
    /** Facts about a user or the members of a tenant, by type. */
    facts: (stream: string) => (log.streams.get(stream) ?? []).map(({ type }) => type),
  };
}

export type IdentityScenario = ReturnType<typeof identityScenario>;
