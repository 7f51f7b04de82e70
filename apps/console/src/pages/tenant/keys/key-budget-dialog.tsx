import { useQuery } from '@tanstack/react-query';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { BudgetDialog, type NewBudget } from '../../../components/budget-dialog.tsx';
import { withoutBudget } from '../../../components/without-budget.ts';
import { useTenantId } from '../../../session/use-tenant.ts';
import type { ApiKey } from './key-state.ts';

interface KeyBudgetDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

/** Budget of one key. */
export function KeyBudgetDialog({ apiKey, onClose }: KeyBudgetDialogProps) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const params = { path: { id: apiKey.id } };
  const queryKey = ['key-budget', tenantId, apiKey.id];
  const budget = useQuery({
    queryKey,
    queryFn: () => answerOf(api.GET('/v1/keys/{id}/budget', { params })).catch(withoutBudget),
  });
  return (
    <BudgetDialog
      title={`Budget of ${apiKey.name}`}
      onClose={onClose}
      query={budget}
      save={{
        run: (body: NewBudget) => api.PUT('/v1/keys/{id}/budget', { params, body }),
        done: 'The budget is set.',
        touches: [queryKey],
      }}
      clear={{
        run: () => api.DELETE('/v1/keys/{id}/budget', { params }),
        done: 'The budget is removed.',
        touches: [queryKey],
      }}
    />
  );
}
