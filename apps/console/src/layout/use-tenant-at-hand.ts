import { useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import type { SignedIn } from '../session/session.ts';

/** The tenant of the page; on pages that belong to none, the one before, or the first. */
export function useTenantAtHand({ memberships }: SignedIn): string | undefined {
  const { tenantId } = useParams({ strict: false });
  const latest = useRef(memberships[0]?.tenantId);
  if (memberships.some((each) => each.tenantId === tenantId)) latest.current = tenantId;
  return latest.current;
}
