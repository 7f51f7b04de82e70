import { Group } from '@mantine/core';
import { useState } from 'react';
import { useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';
import type { AnswerOf } from '../../operations/answers.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { RoleChoice } from './role-choice.tsx';
import { SignInLinkButton } from './sign-in-link.tsx';

export type User = AnswerOf<'/admin/v1/users'>['users'][number];

const touches = [['users']];

function AssignRoles({ user: { userId, email, operatorRoles } }: { user: User }) {
  const api = useOperatorApi();
  const [roles, setRoles] = useState(operatorRoles);
  return (
    <ReasonAction
      label="Roles"
      title={`Roles of ${email}`}
      explains="What the person may do as an operator, from the next call on. Without a role they are none."
      command={{
        run: (reason) => {
          const params = { path: { userId } };
          return api.PUT('/admin/v1/users/{userId}/roles', { params, body: { roles, reason } });
        },
        done: `${email} has the roles now.`,
        touches,
      }}
    >
      <RoleChoice value={roles} onChange={setRoles} />
    </ReasonAction>
  );
}

function AllowSignIn({ user: { userId, email, disabled } }: { user: User }) {
  const api = useOperatorApi();
  const params = { path: { userId } };
  return disabled ? (
    <ReasonAction
      label="Enable"
      title={`Let ${email} sign in`}
      explains="The person can sign in again, with the roles they had."
      command={{
        run: (reason) => api.POST('/admin/v1/users/{userId}/enable', { params, body: { reason } }),
        done: `${email} can sign in.`,
        touches,
      }}
    />
  ) : (
    <ReasonAction
      label="Disable"
      title={`Keep ${email} from signing in`}
      explains="All sessions of the person end at once, and no new one begins until they are enabled again."
      danger
      command={{
        run: (reason) => api.POST('/admin/v1/users/{userId}/disable', { params, body: { reason } }),
        done: `${email} is signed out and cannot sign in.`,
        touches,
      }}
    />
  );
}

function RemoveSecondFactor({ user: { userId, email, secondFactor } }: { user: User }) {
  const api = useOperatorApi();
  if (!secondFactor) return null;
  return (
    <ReasonAction
      label="Remove second factor"
      title={`Remove the second factor of ${email}`}
      explains="All sessions and sign-in links of the person end, and no code is asked for any more. Make sure by another way that it is this person who asks."
      danger
      command={{
        run: (reason) => {
          const params = { path: { userId } };
          const body = { reason };
          return api.POST('/admin/v1/users/{userId}/second-factor/remove', { params, body });
        },
        done: `${email} is signed out, and signs in without a code.`,
        touches,
      }}
    />
  );
}

function SignOutEverywhere({ user: { userId, email, disabled } }: { user: User }) {
  const api = useOperatorApi();
  if (disabled) return null;
  return (
    <ReasonAction
      label="Sign out"
      title={`Sign ${email} out everywhere`}
      explains="All sessions and sign-in links of the person end, for a computer that was lost. They can sign in again."
      command={{
        run: (reason) => {
          const params = { path: { userId } };
          return api.POST('/admin/v1/users/{userId}/sessions/end', { params, body: { reason } });
        },
        done: `${email} is signed out everywhere.`,
        touches,
      }}
    />
  );
}

/** What an owner can do about somebody; nobody takes away what is their own. */
export function UserActions({ user }: { user: User }) {
  const me = useSignedIn().user.id;
  if (user.userId === me) return <>you</>;
  return (
    <Group gap={6} miw={190}>
      <AssignRoles key={user.operatorRoles.join(' ')} user={user} />
      <SignInLinkButton userId={user.userId} email={user.email} />
      <SignOutEverywhere user={user} />
      <RemoveSecondFactor user={user} />
      <AllowSignIn user={user} />
    </Group>
  );
}
