export const anyKinds = [
  ...(['tenant', 'key', 'generation', 'image', 'lot', 'end_user', 'user', 'character'] as const),
  ...(['reference', 'top_up', 'webhook_endpoint', 'webhook_message', 'worker', 'seal'] as const),
  ...(['finding', 'audit', 'moderation_case', 'model', 'consumer', 'run', 'parked'] as const),
  ...(['event', 'stream', 'request'] as const),
];
export type AnyKind = (typeof anyKinds)[number];

export interface FoundAnywhere {
  readonly kind: AnyKind;
  readonly id: string;
  /** Null where it is no tenant's, or does not say. */
  readonly tenantId: string | null;
  /** Of the route that tells of it. */
  readonly path: string;
}

export const streamPath = (stream: string) => `/admin/v1/streams/${encodeURIComponent(stream)}`;
