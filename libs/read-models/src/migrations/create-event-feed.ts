/**
 * Numbers begin at the time of this migration in microseconds: should the table ever be made anew, its
 * numbers are above all that were given out before, and a reader's cursor repeats events instead of missing them.
 */
export const createEventFeed = {
  name: 'CreateEventFeed1763700020000',
  up: `
    create sequence read_models.tenant_events_seq;
    select setval('read_models.tenant_events_seq', (extract(epoch from clock_timestamp()) * 1000000)::bigint);
    create table read_models.tenant_events (
      seq bigint primary key default nextval('read_models.tenant_events_seq'),
      event_id text not null unique,
      tenant_id text not null,
      type text not null,
      subject_id text not null,
      occurred_at timestamptz not null
    );
    create index tenant_events_of_tenant on read_models.tenant_events (tenant_id, seq);
    create table read_models.tenant_event_generations (
      generation_id text primary key,
      tenant_id text not null
    );
  `,
} as const;
