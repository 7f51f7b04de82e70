import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { answerOf, tenantApi } from '../../api/clients.ts';
import type { SignedIn } from '../../session/session.ts';
import { type Jump, jumpTo, mayBeId, operatorJumps } from './jumps.ts';

const SETTLED_MS = 200;

/** Pages of what goes by the text: asked of the tenant at hand, told by the spelling for operators. */
export function useJumps(session: SignedIn, tenantId: string | undefined, typed: string) {
  const [text] = useDebouncedValue(typed.trim(), SETTLED_MS);
  const isAsked = tenantId !== undefined && mayBeId(text);
  const found = useQuery({
    queryKey: ['find', tenantId, text],
    enabled: isAsked,
    queryFn: async () => {
      const api = tenantApi(tenantId ?? '');
      return (await answerOf(api.GET('/v1/find', { params: { query: { id: text } } }))).found;
    },
  });
  const ofTenant = isAsked ? (found.data ?? []).map((each) => jumpTo(tenantId, each)) : [];
  const jumps: Jump[] = ofTenant.filter((jump) => jump !== undefined);
  return { jumps: [...jumps, ...operatorJumps(session, text)], isLooking: found.isFetching };
}
