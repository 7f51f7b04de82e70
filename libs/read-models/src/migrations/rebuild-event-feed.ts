/** Events are found by their ids, under which a rebuild keeps their numbers; what was swept is not told again. */
export const rebuildEventFeed = {
  name: 'RebuildEventFeed1763800061000',
  up: `
    alter table read_models.tenant_events
      drop constraint tenant_events_pkey,
      drop constraint tenant_events_event_id_key,
      add primary key (event_id),
      add unique (seq);
    create table read_models.tenant_events_kept (since timestamptz not null);
    insert into read_models.tenant_events_kept values ('-infinity');
  `,
} as const;
