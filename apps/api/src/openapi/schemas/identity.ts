import { operatorRoles, tenantRoles } from '@imprest/domain';
import { flag, list, object, oneOf, orNull, page, text, timestamp, url } from './schema.js';

const userId = text('Id of the user.', { pattern: '^usr_' });
const role = oneOf(tenantRoles, 'Role in the tenant.');
const shownLink = url('To be handed over: nobody sends it. Shown this once.');

const member = object('A person who acts for the tenant at the console.', {
  userId,
  email: orNull(text('E-mail; null when it is not known any more.')),
  role,
});

export const members = object('Members of a tenant, by e-mail.', {
  members: list(member, 'All of them.'),
});

const invitationFields = {
  id: text('Id of the invitation.', { pattern: '^inv_' }),
  email: orNull(text('Whom it is for; null when its link is gone.')),
  role,
  expiresAt: timestamp('When it ends.'),
};

export const invitations = object('Open invitations, the first to end first.', {
  invitations: list(object('An open invitation.', invitationFields), 'All of them.'),
});

export const newInvitation = object('Whoever has the link may join.', {
  ...invitationFields,
  link: shownLink,
});

export const user = object('A person who can sign in at the console.', {
  userId,
  email: text('E-mail, in lower case.'),
  createdAt: timestamp('When the account was made.'),
  operatorRoles: list(oneOf(operatorRoles, 'A role.'), 'Roles of an operator; none for others.'),
  memberships: list(
    object('A membership.', { tenantId: text('Id of the tenant.'), role }),
    'What the person is in which tenants.',
  ),
  disabled: flag('Whether the person is kept from signing in.'),
  secondFactor: flag('Whether a code is asked for after the password.'),
});

export const userPage = page('users', user, 'Users, newest first.');

const linkFields = { link: shownLink, expiresAt: timestamp('When the link ends.') };

export const signInLink = object('Signs that person in, once.', linkFields);
export const invitedOperator = object('An operator who can sign in by the link.', {
  userId,
  ...linkFields,
});
