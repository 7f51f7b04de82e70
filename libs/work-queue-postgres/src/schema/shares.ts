import { PLANNER_SETTINGS, TAKE_QUEUE } from './planner-settings.js';

/** What tenants get: weights, caps, head starts, and what corrects a charge. */
export const SHARES = `
-- Only tenants whose share was set. leased is counted while there is a cap; held: at the cap.
alter table work_queue.weights rename to shares;
alter table work_queue.shares alter weight set default 1,
  add head_start double precision not null default 0 check (head_start >= 0),
  add cap int check (cap > 0),
  add leased int not null default 0,
  add held boolean not null default false;
create index shares_capped on work_queue.shares (queue, tenant_id) where cap is not null;
create index shares_to_hold on work_queue.shares (queue, tenant_id)
  where cap is not null and leased >= cap and not held;

-- Head starts in use, 0 apart. Few: one for each priority.
create table work_queue.head_starts (
  queue text collate "C" not null,
  head_start double precision not null,
  primary key (queue, head_start)
);

-- Which lanes the last lease from this one served with it: they have one clock.
alter table work_queue.lanes add served_with text[] collate "C";

-- credit: charged too much, taken off what is leased next. capped: no lease, its tenant is at its cap.
alter table work_queue.flows
  add weight double precision not null default 1,
  add head_start double precision not null default 0,
  add cap int,
  add credit double precision not null default 0,
  add capped boolean not null default false;
update work_queue.flows f set weight = s.weight
  from work_queue.shares s where s.queue = f.queue and s.tenant_id = f.tenant_id;
drop index work_queue.flows_active;
create index flows_active on work_queue.flows (queue, lane, head_start, virtual_time)
  where active and not capped;

create function work_queue.share_of_new_line() returns trigger language plpgsql ${PLANNER_SETTINGS}
as $$
declare
  own work_queue.shares;
begin
  select * into own from work_queue.shares s
   where s.queue = new.queue and s.tenant_id = new.tenant_id limit 1;
  if found then
    new.weight := own.weight;
    new.head_start := own.head_start;
    new.cap := own.cap;
    new.capped := own.held;
  end if;
  return new;
end $$;
create trigger share_of_new_line before insert on work_queue.flows
  for each row execute function work_queue.share_of_new_line();

drop function work_queue.set_weight(text, text, float8);
create function work_queue.set_share(
  of_queue text, of_tenant text, new_weight float8, new_cap int, new_head_start float8
) returns void language plpgsql ${PLANNER_SETTINGS}
as $$
declare
  now_leased int;
begin
  ${TAKE_QUEUE}
  if new_cap is null and exists (
    select from work_queue.shares s
     where s.queue = of_queue and s.tenant_id = of_tenant and s.cap is null
       and s.weight = new_weight and s.head_start = new_head_start
  ) then
    return;
  end if;
  select count(*) into now_leased
    from work_queue.flows f cross join lateral (
      select from work_queue.items i
       where i.flow_id = f.id and not i.delayed and i.position <= f.leased_up_to
         and i.worker_id is not null
      offset 0
    ) as i
   where f.queue = of_queue and f.tenant_id = of_tenant;
  insert into work_queue.shares (queue, tenant_id, weight, cap, head_start, leased, held)
  values (of_queue, of_tenant, new_weight, new_cap, new_head_start, now_leased,
          coalesce(now_leased >= new_cap, false))
  on conflict (queue, tenant_id) do update
    set weight = excluded.weight, cap = excluded.cap, head_start = excluded.head_start,
        leased = excluded.leased, held = excluded.held;
  insert into work_queue.head_starts (queue, head_start)
    select of_queue, new_head_start where new_head_start > 0
    on conflict do nothing;
  update work_queue.flows f
     set weight = new_weight, cap = new_cap, head_start = new_head_start,
         capped = coalesce(now_leased >= new_cap, false)
   where f.queue = of_queue and f.tenant_id = of_tenant;
  perform work_queue.announce(of_queue, true, null);
end $$;

-- Tenants that have just reached their cap wait until a lease of theirs ends.
create function work_queue.hold_back(of_queue text)
  returns void language plpgsql ${PLANNER_SETTINGS}
as $$
begin
  with full_tenants as (
    update work_queue.shares s set held = true
     where s.queue = of_queue and s.cap is not null and s.leased >= s.cap and not s.held
    returning s.tenant_id
  ), line as materialized (
    select f.tid from full_tenants t cross join lateral (
      select f.ctid as tid from work_queue.flows f
       where f.queue = of_queue and f.tenant_id = t.tenant_id
      offset 0
    ) as f
  )
  update work_queue.flows f set capped = true from line l where f.ctid = l.tid;
end $$;

-- So many leases have ended, which used so much more than was charged, by tenant and lane.
create function work_queue.settle(
  of_queue text, tenant_ids text[], lanes text[], ended int[], more float8[]
) returns void language plpgsql ${PLANNER_SETTINGS}
as $$
declare
  let_go boolean;
begin
  -- As if it had been charged so: in all lines that the lease charged. What is given back cannot move a
  -- line before the clock, so it is a credit.
  with line as materialized (
    select f.tid, sum(u.more / f.weight) as more
      from unnest(tenant_ids, lanes, more) as u (tenant_id, lane, more)
     cross join lateral (
       select coalesce(l.served_with, array[u.lane]) as served from work_queue.lanes l
        where l.queue = of_queue and l.lane = u.lane
        limit 1
     ) as l
     cross join lateral (
       select f.ctid as tid, f.weight from work_queue.flows f
        where f.queue = of_queue and f.tenant_id = u.tenant_id and f.lane = any (l.served)
       offset 0
     ) as f
     where u.more <> 0
     group by f.tid
  )
  update work_queue.flows f
     set virtual_time = f.virtual_time + greatest(l.more - f.credit, 0),
         credit = greatest(f.credit - l.more, 0)
    from line l
   where f.ctid = l.tid;
  if not exists (select from work_queue.shares s where s.queue = of_queue and s.cap is not null) then
    return;
  end if;
  with share as materialized (
    select s.tid, u.ended
      from (
        select u.tenant_id, sum(u.ended)::int as ended
          from unnest(tenant_ids, ended) as u (tenant_id, ended)
         group by u.tenant_id
      ) as u
     cross join lateral (
       select s.ctid as tid from work_queue.shares s
        where s.queue = of_queue and s.tenant_id = u.tenant_id and s.cap is not null
        limit 1
     ) as s
     where u.ended > 0
  ), counted as (
    update work_queue.shares s
       set leased = greatest(s.leased - t.ended, 0), held = s.held and s.leased - t.ended >= s.cap
      from share t
     where s.ctid = t.tid
    returning s.tenant_id, s.held
  ), line as materialized (
    select f.tid from counted c cross join lateral (
      select f.ctid as tid, f.capped from work_queue.flows f
       where f.queue = of_queue and f.tenant_id = c.tenant_id
      offset 0
    ) as f
     where f.capped and not c.held
  ), let as (
    update work_queue.flows f set capped = false from line l where f.ctid = l.tid
    returning f.active
  )
  select bool_or(let.active) into let_go from let;
  if let_go then
    perform work_queue.announce(of_queue, true, null);
  end if;
end $$;
`;
