import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { answerOf, tenantApi, useOperatorApi } from '../../api/clients.ts';
import type { SignedIn } from '../../session/session.ts';
import { type Jump, jumpTo, mayBeId } from './jumps.ts';
import { operatorJumps } from './operator-jumps.ts';

const SETTLED_MS = 200;

/** Pages of what goes by the text: in the tenant at hand and, for operators, anywhere. */
export function useJumps(session: SignedIn, tenantId: string | undefined, typed: string) {
  const [text] = useDebouncedValue(typed.trim(), SETTLED_MS);
  const operatorApi = useOperatorApi();
  const params = { query: { id: text } };
  const own = useQuery({
    queryKey: ['find', tenantId, text],
    enabled: tenantId !== undefined && mayBeId(text),
    queryFn: async () =>
      (await answerOf(tenantApi(tenantId ?? '').GET('/v1/find', { params }))).found,
  });
  const anywhere = useQuery({
    queryKey: ['find-anywhere', text],
    enabled: session.operatorRoles.length > 0 && mayBeId(text),
    queryFn: async () => (await answerOf(operatorApi.GET('/admin/v1/find', { params }))).found,
  });
  const ofTenant = (own.data ?? []).map((found) => jumpTo(tenantId ?? '', found));
  const jumps: Jump[] = [
    ...ofTenant.filter((jump) => jump !== undefined),
    ...(anywhere.data ?? []).flatMap((found) => operatorJumps(session, found)),
  ];
  return { jumps, isLooking: own.isFetching || anywhere.isFetching };
}
