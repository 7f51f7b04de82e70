import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import type { components } from '../../../api/openapi.ts';
import { BudgetDialog } from '../../../components/budget-dialog.tsx';
import { ConfirmAction, ReasonAction } from '../../../components/index.ts';
import { withoutBudget } from '../../../components/without-budget.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

type EndUser = components['schemas']['EndUser'];

function EndUserBudgetDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const params = { path: { email } };
  const queryKey = ['end-users', tenantId, email, 'budget'];
  const touches = [queryKey];
  const query = useQuery({
    queryKey,
    queryFn: () =>
      answerOf(api.GET('/v1/end-users/{email}/budget', { params })).catch(withoutBudget),
  });
  return (
    <BudgetDialog
      title={`Budget of ${email}`}
      onClose={onClose}
      query={query}
      save={{
        run: (body) => api.PUT('/v1/end-users/{email}/budget', { params, body }),
        done: 'The budget is set.',
        touches,
      }}
      clear={{
        run: () => api.DELETE('/v1/end-users/{email}/budget', { params }),
        done: 'The budget is removed.',
        touches,
      }}
    />
  );
}

function BlockButton({ endUser: { endUserEmail, state } }: { endUser: EndUser }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const params = { path: { email: endUserEmail } };
  const touches = [['end-users', tenantId]];
  const isBlocked = state === 'blocked';
  return (
    <ReasonAction
      label={isBlocked ? 'Unblock' : 'Block'}
      title={`${isBlocked ? 'Unblock' : 'Block'} ${endUserEmail}`}
      danger={!isBlocked}
      explains={
        isBlocked
          ? 'Further requests for this person are taken again.'
          : 'All further requests for this person are refused. What runs goes on.'
      }
      command={{
        run: (reason) =>
          isBlocked
            ? answerOf(api.POST('/v1/end-users/{email}/unblock', { params, body: { reason } }))
            : answerOf(api.POST('/v1/end-users/{email}/block', { params, body: { reason } })),
        done: isBlocked ? 'Unblocked' : 'Blocked',
        touches,
      }}
    />
  );
}

/** What can be done about an end user. */
export function EndUserActions({ endUser }: { endUser: EndUser }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const [opened, { open, close }] = useDisclosure(false);
  const { endUserEmail } = endUser;
  const params = { path: { email: endUserEmail } };
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        Budget
      </Button>
      <BlockButton endUser={endUser} />
      <ConfirmAction
        label="Erase generations"
        title={`Erase everything of ${endUserEmail}`}
        danger
        explains="The keys of all prompts and images of this person are destroyed: nobody can read them any more. The ledger keeps the amounts. This cannot be undone."
        command={{
          run: () => answerOf(api.DELETE('/v1/end-users/{email}/generations', { params })),
          done: ({ deleted }) => `${deleted} generations erased`,
          touches: [
            ['end-users', tenantId],
            ['generations', tenantId],
          ],
        }}
      />
      {opened && <EndUserBudgetDialog email={endUserEmail} onClose={close} />}
    </>
  );
}
