import type { DomainFact } from '../shared/decider.js';

/** What a person of the operator may do; `owner` may do all of it. */
export const operatorRoles = ['owner', 'finance', 'operations', 'moderation'] as const;
export type OperatorRole = (typeof operatorRoles)[number];

export const userOrigins = ['sign_up', 'invitation', 'operator'] as const;
export const signInMethods = ['password', 'link', 'openid_connect'] as const;
export const passwordProofs = ['none', 'old_password', 'link'] as const;

export type SignInMethod = (typeof signInMethods)[number];

/** A person can sign in from now on. Who it is stays out of the log. */
export type UserRegistered = DomainFact<
  'UserRegistered',
  { readonly origin: (typeof userOrigins)[number] }
>;

/** `proof`: what showed that the person may set it; `none` for the password that came with the registration. */
export type PasswordChanged = DomainFact<
  'PasswordChanged',
  { readonly proof: (typeof passwordProofs)[number] }
>;

export type SecondFactorEnabled = DomainFact<'SecondFactorEnabled', { readonly kind: 'totp' }>;
export type SecondFactorRemoved = DomainFact<'SecondFactorRemoved', { readonly reason: string }>;

/** All roles that the person has from now on; none for somebody who is no operator. */
export type OperatorRolesAssigned = DomainFact<
  'OperatorRolesAssigned',
  { readonly roles: readonly OperatorRole[]; readonly reason: string }
>;

export type UserDisabled = DomainFact<'UserDisabled', { readonly reason: string }>;
export type UserEnabled = DomainFact<'UserEnabled', { readonly reason: string }>;

export type SignedIn = DomainFact<
  'SignedIn',
  { readonly method: SignInMethod; readonly secondFactor: boolean }
>;

/** Whoever holds the link can sign in as this person, once, until `expiresAt` (ISO 8601). */
export type SignInLinkIssued = DomainFact<'SignInLinkIssued', { readonly expiresAt: string }>;

/** Nobody signs in with a password before `until` (ISO 8601): once for each lock, not for each try. */
export type SignInRefused = DomainFact<'SignInRefused', { readonly until: string }>;

/** Sessions of the person ended at once: every one, or all but the one that asked. */
export type SessionsEnded = DomainFact<'SessionsEnded', { readonly reason: string }>;

export type UserEvent =
  | UserRegistered
  | PasswordChanged
  | SecondFactorEnabled
  | SecondFactorRemoved
  | OperatorRolesAssigned
  | UserDisabled
  | UserEnabled
  | SignedIn
  | SignInLinkIssued
  | SignInRefused
  | SessionsEnded;
