import type { LeaseRef } from '@imprest/application';

type Calls<Ref> = readonly (readonly Ref[])[];

const keyOf = ({ id, fence }: LeaseRef) => `${fence} ${id}`;

/** The calls without leases that stood in the batch before, and those beside. */
export function withoutRepeats<Ref extends LeaseRef>(
  calls: Calls<Ref>,
): { readonly first: Calls<Ref>; readonly repeated: Calls<LeaseRef> } {
  const seen = new Set<string>();
  const first: Ref[][] = [];
  const repeated: LeaseRef[][] = [];
  for (const call of calls) {
    const fresh: Ref[] = [];
    const again: LeaseRef[] = [];
    for (const ref of call) {
      const key = keyOf(ref);
      if (seen.has(key)) again.push({ id: ref.id, fence: ref.fence });
      else fresh.push(ref);
      seen.add(key);
    }
    first.push(fresh);
    repeated.push(again);
  }
  return { first, repeated };
}

/** Of several mentions of a lease the last one. */
export function lastMentions<Ref extends LeaseRef>(refs: readonly Ref[]): readonly Ref[] {
  return [...new Map(refs.map((ref) => [keyOf(ref), ref])).values()];
}

/** What each call has lost. */
export function lostOf(calls: Calls<LeaseRef>, lost: readonly LeaseRef[]): Calls<LeaseRef> {
  if (lost.length === 0) return calls.map(() => []);
  const keys = new Set(lost.map(keyOf));
  return calls.map((call) =>
    call.filter((ref) => keys.has(keyOf(ref))).map(({ id, fence }) => ({ id, fence })),
  );
}
