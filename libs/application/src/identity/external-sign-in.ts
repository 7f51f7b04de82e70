import { domainError } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DomainFailure } from '../domain-failure.js';
import { keyedFingerprint } from '../keyed-fingerprint.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityProvider, ProvidedAccount } from '../ports/identity-provider.js';
import type { IdentityStore } from '../ports/identity-store.js';
import { CLOCK, IDENTITY_PROVIDER, IDENTITY_STORE, SECRETS } from '../ports/tokens.js';
import type { Secrets } from '../secrets.js';
import { AcceptingInvitations } from './accepting-invitations.js';
import { foldEmail } from './email.js';
import type { OpenedSession, Visit } from './session-opening.js';
import { SignInGuard } from './sign-in-guard.js';
import { checksOf, isTicketValid, newTicket, TICKET_MS } from './sign-in-ticket.js';
import { SigningIn } from './signing-in.js';
import { SigningUp } from './signing-up.js';

/** Whom the operator lets in that way. */
export interface ExternalTerms {
  /** Of e-mail addresses, in lower case; none: any. */
  readonly emailDomains: readonly string[];
  /** What somebody new is given; undefined while nobody may sign up. */
  readonly welcomeTokens: bigint | undefined;
}

/** What a browser brings back from the provider, and what it kept meanwhile. */
export interface BackFromProvider {
  /** Of the URL that it came back to. */
  readonly query: string;
  readonly ticket: string;
  readonly redirectUri: string;
  /** Token of the invitation that the person began with. */
  readonly invitation?: string | undefined;
}

const NO_PROVIDER = domainError('not_found', 'no identity provider is set up here');
const NOT_OURS = domainError(
  'unauthorized',
  'this sign-in took too long, was used before or began in another browser; sign in again',
);
const OTHER_DOMAIN = domainError(
  'forbidden',
  'accounts with such an e-mail address may not sign in here',
);

/** Signing in with an account of the operator's identity provider. */
@Injectable()
export class ExternalSignIn {
  constructor(
    private readonly signingIn: SigningIn,
    private readonly signingUp: SigningUp,
    private readonly invitations: AcceptingInvitations,
    private readonly guard: SignInGuard,
    @Inject(IDENTITY_PROVIDER) private readonly provider: IdentityProvider | null,
    @Inject(IDENTITY_STORE) private readonly store: IdentityStore,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param redirectUri where the provider sends the browser back to
   * @returns where the browser goes, and what it keeps until it is back
   * @throws DomainFailure not_found, unavailable
   */
  async begin(redirectUri: string): Promise<{ readonly url: string; readonly ticket: string }> {
    const ticket = newTicket(this.clock.now().getTime());
    const checks = checksOf(this.secrets, ticket, redirectUri);
    return { url: await this.configured().signInUrl(checks), ticket };
  }

  /**
   * Somebody new comes by the invitation that they began with, or signs up where that is open.
   * @throws DomainFailure not_found, unavailable, unauthorized, forbidden, rate_limited
   */
  async finish(back: BackFromProvider, terms: ExternalTerms, visit: Visit): Promise<OpenedSession> {
    const provider = this.configured();
    await this.guard.demand('address', visit.address);
    await this.use(back.ticket);
    const checks = checksOf(this.secrets, back.ticket, back.redirectUri);
    const account = await provider.accountOf(back.query, checks);
    demandDomain(account, terms.emailDomains);
    const { verifiedEmail } = account;
    const { welcomeTokens } = terms;
    if (await this.isKnown(account)) return this.signingIn.byProvider(account, visit);
    if (back.invitation !== undefined) {
      return this.invitations.register(back.invitation, account, visit);
    }
    if (verifiedEmail === undefined || welcomeTokens === undefined) {
      return this.signingIn.byProvider(account, visit);
    }
    return this.signUp(account, verifiedEmail, welcomeTokens, visit);
  }

  private async signUp(
    { issuer, subject, secondFactorShown }: ProvidedAccount,
    email: string,
    welcomeTokens: bigint,
    visit: Visit,
  ): Promise<OpenedSession> {
    const external = { issuer, subject, secondFactorShown };
    // The name of a tenant is on record for good: the address must not be.
    const tenantName = email.slice(email.lastIndexOf('@') + 1);
    const person = { tenantName, email, password: null, external };
    return this.signingUp.signUp(person, welcomeTokens, visit);
  }

  private async isKnown({ issuer, subject, verifiedEmail: email }: ProvidedAccount) {
    const { users } = this.store;
    if ((await users.byExternal({ issuer, subject })) !== undefined) return true;
    if (email === undefined) return false;
    return (await users.byEmail(foldEmail(email))) !== undefined;
  }

  private configured(): IdentityProvider {
    if (this.provider === null) throw new DomainFailure(NO_PROVIDER);
    return this.provider;
  }

  /** Once for all processes. @throws DomainFailure unauthorized */
  private async use(ticket: string): Promise<void> {
    const now = this.clock.now();
    if (!isTicketValid(ticket, now.getTime())) throw new DomainFailure(NOT_OURS);
    const counter = `ticket:${keyedFingerprint(this.secrets, ['sign-in', 'used', ticket])}`;
    const used = await this.store.tries.take(counter, 1, TICKET_MS, now);
    if (used !== undefined) throw new DomainFailure(NOT_OURS);
  }
}

/** @throws DomainFailure forbidden */
function demandDomain({ verifiedEmail }: ProvidedAccount, domains: readonly string[]): void {
  if (domains.length === 0) return;
  const domain = verifiedEmail?.slice(verifiedEmail.lastIndexOf('@') + 1).toLowerCase();
  if (domain === undefined || !domains.includes(domain)) throw new DomainFailure(OTHER_DOMAIN);
}
