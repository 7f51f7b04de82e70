/** Minutes are text in the order of its bytes, which is that of time. */
export const createControlRoom = {
  name: 'CreateControlRoom1763700040000',
  up: `
    create table read_models.audit_trail (
      id text primary key,
      at timestamptz not null,
      actor_kind text not null,
      actor_id text not null,
      action text not null,
      stream text not null,
      revision int not null,
      position bigint not null,
      correlation_id text not null,
      tenant_id text,
      reason text
    );
    create index on read_models.audit_trail (at desc, id desc);
    create index on read_models.audit_trail (actor_id, at desc, id desc);
    create index on read_models.audit_trail (action, at desc, id desc);
    create index on read_models.audit_trail (tenant_id, at desc, id desc);

    create table read_models.accepted_minutes (
      minute text collate "C" primary key,
      accepted int not null
    );
  `,
} as const;
