export const TABLES = `
create schema work_queue;

-- The clock of a lane: the highest virtual time at which a worker serving it was given an item.
create table work_queue.lanes (
  queue text collate "C" not null,
  lane text collate "C" not null,
  virtual_time double precision not null default 0,
  primary key (queue, lane)
) with (fillfactor = 50);

-- Only tenants whose weight is not 1.
create table work_queue.weights (
  queue text collate "C" not null,
  tenant_id text collate "C" not null,
  weight double precision not null check (weight > 0),
  primary key (queue, tenant_id)
);

-- A tenant's line in a lane. active: may have ready items; never false while there is one.
-- ready_from: no ready item stands before it; leased_up_to: no leased item stands behind it. Between them
-- they spare a look at what was taken out, which stays in the index while some snapshot may see it.
create table work_queue.flows (
  id bigint not null generated always as identity,
  virtual_time double precision not null default 0,
  mean_cost double precision not null,
  ready_from bigint not null default 0,
  leased_up_to bigint not null default 0,
  active boolean not null default false,
  queue text collate "C" not null,
  tenant_id text collate "C" not null,
  lane text collate "C" not null,
  primary key (queue, tenant_id, lane)
) with (fillfactor = 50);
create index flows_active on work_queue.flows (queue, lane, virtual_time) where active;

-- Ready: worker_id is null and not delayed. Leased: worker_id is not null. No index knows of a lease, so
-- that leasing and extending rewrite one row and no index (heap-only updates; hence the free space).
create table work_queue.items (
  position bigint not null,
  flow_id bigint not null,
  cost double precision not null,
  ready_at timestamptz not null,
  leased_until timestamptz,
  fence bigint not null default 0,
  delayed boolean not null,
  queue text collate "C" not null,
  id text collate "C" not null,
  tenant_id text collate "C" not null,
  lane text collate "C" not null,
  worker_id text,
  primary key (id, queue),
  check (worker_id is null or not delayed)
) with (
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0.01,
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0
);
create index items_in_line on work_queue.items (flow_id, position) where not delayed;
create index items_delayed on work_queue.items (queue, ready_at) where delayed;

-- A call takes one number and spreads it over the items of its batch.
create sequence work_queue.positions increment by 1024;

-- Fences outlive the items, and start at the time in milliseconds: those of a queue made anew are higher
-- than any that events or workers remember of the old one.
do $$ begin
  execute format('create sequence work_queue.fences start %s',
    (extract(epoch from clock_timestamp()) * 1000)::bigint);
end $$;
`;
