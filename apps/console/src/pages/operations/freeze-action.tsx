import { useOperatorApi } from '../../api/clients.ts';
import { ReasonAction } from '../../components/index.ts';

interface FreezeActionProps {
  readonly tenantId: string;
  readonly isFrozen: boolean;
}

/** Stops new holds of an account, or lets them go on. */
export function FreezeAction({ tenantId, isFrozen }: FreezeActionProps) {
  const api = useOperatorApi();
  const params = { path: { tenantId } };
  const touches = [['tenants']];
  return isFrozen ? (
    <ReasonAction
      label="Unfreeze"
      title={`Unfreeze ${tenantId}`}
      explains="The account makes new holds again. Make sure that whatever froze it, such as a charge-back, is settled."
      command={{
        run: (reason) =>
          api.POST('/admin/v1/tenants/{tenantId}/unfreeze', { params, body: { reason } }),
        done: `${tenantId} is no longer frozen.`,
        touches,
      }}
    />
  ) : (
    <ReasonAction
      label="Freeze"
      title={`Freeze ${tenantId}`}
      explains="The account makes no new holds, so that nothing new is generated. Work under way settles."
      danger
      command={{
        run: (reason) =>
          api.POST('/admin/v1/tenants/{tenantId}/freeze', { params, body: { reason } }),
        done: `${tenantId} is frozen.`,
        touches,
      }}
    />
  );
}
