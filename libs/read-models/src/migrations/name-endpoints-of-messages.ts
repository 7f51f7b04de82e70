/** Of messages made before, a rebuild of the projection names them. */
export const nameEndpointsOfMessages = {
  name: 'NameEndpointsOfMessages1763700031000',
  up: `
    alter table read_models.webhook_messages add column endpoint_id text;
    create index on read_models.webhook_messages (tenant_id, created_at, id) where status <> 'delivered';
  `,
} as const;
