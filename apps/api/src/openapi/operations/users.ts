import type { Operation, RequestBody } from '@imprest/platform';
import * as schemas from '../schemas/identity.js';
import { pageParameters } from './lists.js';

const tag = 'Users';
const userId = 'usr_01kf0adt7y8c9d1q5f6g7h8j9k';
const user = {
  userId,
  email: 'ada@example.com',
  createdAt: '2026-11-20T09:00:00.000Z',
  operatorRoles: ['finance'],
  memberships: [{ tenantId: 'studio', role: 'owner' }],
  disabled: false,
  secondFactor: true,
};
const link = {
  link: 'https://images.example.com/console/sign-in/link#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  expiresAt: '2026-11-20T09:15:00.000Z',
};
const reasonField = { reason: { description: 'Goes on record.' } };
const rolesField = {
  roles: { description: 'All roles from now on: `owner` may do everything, none ends it.' },
};

const because = (name: string, reason: string): RequestBody => ({
  name,
  fields: reasonField,
  examples: { reason: { summary: 'With a reason', value: { reason } } },
});

export const userOperations = {
  list: {
    id: 'listUsers',
    tag,
    summary: 'List users',
    query: pageParameters,
    answers: {
      200: {
        description: 'A page of users.',
        schema: schemas.userPage,
        example: { users: [user], nextCursor: null },
      },
    },
  },
  invite: {
    id: 'inviteOperator',
    tag,
    summary: 'Make somebody an operator',
    description:
      'Answers with a link, good for a day, that you hand over: nobody sends mail. An account with this e-mail is used when there is one, unless somebody made it with a password of their own: whose it is has to be checked first, and it is then given roles by its id.',
    body: {
      name: 'NewOperator',
      fields: {
        email: { description: 'Whom it is for. Nothing is sent there.' },
        ...rolesField,
        ...reasonField,
      },
      examples: {
        finance: {
          summary: 'For the books',
          value: { email: 'ada@example.com', roles: ['finance'], reason: 'joined the desk' },
        },
      },
    },
    answers: {
      201: {
        description: 'The person is an operator. The link is shown this once.',
        schema: schemas.invitedOperator,
        example: { userId, ...link },
      },
    },
    errors: ['conflict', 'rate_limited'],
  },
  find: {
    id: 'getUser',
    tag,
    summary: 'Get a user',
    answers: { 200: { description: 'The user.', schema: schemas.user, example: user } },
    errors: ['not_found'],
  },
  assignRoles: {
    id: 'assignOperatorRoles',
    tag,
    summary: 'Assign the roles of an operator',
    description: 'Nobody gives up being owner alone: another owner does it. Safe to repeat.',
    body: {
      name: 'OperatorRoles',
      fields: { ...rolesField, ...reasonField },
      examples: {
        moderation: {
          summary: 'For moderation only',
          value: { roles: ['moderation'], reason: 'changed desks' },
        },
      },
    },
    answers: { 204: { description: 'Assigned.' } },
    errors: ['not_found', 'conflict'],
  },
  issueLink: {
    id: 'issueSignInLink',
    tag,
    summary: 'Issue a link that signs a user in',
    description:
      'For somebody who has forgotten the password. Once, within 15 minutes; links of before end. At most 20 in an hour for one user. A second factor is asked for all the same.',
    answers: {
      201: { description: 'Shown this once.', schema: schemas.signInLink, example: link },
    },
    errors: ['not_found', 'rate_limited'],
  },
  disable: {
    id: 'disableUser',
    tag,
    summary: 'Disable a user',
    description: 'Ends every session and link. Safe to repeat.',
    body: because('UserDisabling', 'left the company'),
    answers: { 204: { description: 'Disabled.' } },
    errors: ['not_found', 'conflict'],
  },
  enable: {
    id: 'enableUser',
    tag,
    summary: 'Enable a user again',
    description: 'Safe to repeat.',
    body: because('UserEnabling', 'came back'),
    answers: { 204: { description: 'Enabled.' } },
    errors: ['not_found'],
  },
  endSessions: {
    id: 'endUserSessions',
    tag,
    summary: 'Sign a user out everywhere',
    description:
      'Ends every session and sign-in link, for a computer that was lost: here at once, and within three seconds in other processes. The person can sign in again. Safe to repeat.',
    body: because('SessionsEnding', 'a laptop was lost'),
    answers: { 204: { description: 'Ended.' } },
    errors: ['not_found'],
  },
  removeSecondFactor: {
    id: 'removeSecondFactor',
    tag,
    summary: 'Remove the second factor of a user',
    description:
      'For somebody who has lost it. Every session and sign-in link of the person ends. Nobody does it for their own account. Safe to repeat.',
    body: because('SecondFactorRemoval', 'the telephone was lost'),
    answers: { 204: { description: 'Removed.' } },
    errors: ['not_found', 'conflict'],
  },
} satisfies Record<string, Operation>;
