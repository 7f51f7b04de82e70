import type { ApiKeyScope } from '@imprest/domain';

export const foundKinds = [
  ...(['generation', 'image', 'reference', 'character', 'end_user'] as const),
  ...(['key', 'member', 'top_up', 'lot', 'webhook_endpoint', 'webhook_message'] as const),
];

export interface Found {
  readonly kind: (typeof foundKinds)[number];
  readonly id: string;
  /** What people know it by. */
  readonly name: string | null;
  /** Of the route that tells of it. */
  readonly path: string;
}

/** Knows one kind of thing. */
export interface Finder {
  /** What a key needs to see such things. */
  readonly scope: ApiKeyScope;
  /** Whether one of them can go by this text: nothing is looked up otherwise. */
  readonly spelled: (text: string) => boolean;
  /** Of the tenant's own; undefined, or a DomainFailure not_found, when there is none. */
  readonly find: (tenantId: string, text: string) => Promise<Found | undefined>;
}
