/** Workers that nobody has heard of in a day are forgotten whenever another one comes. */
export const REGISTER = `
  with forgotten as (
    delete from worker_registry.workers
    where id <> $1 and seen_at < statement_timestamp() - interval '1 day'
  )
  insert into worker_registry.workers
    (id, session, standing, models, providers, vram_bytes, slots, labels, version, residency)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (id) do update set
    session = excluded.session, standing = excluded.standing, models = excluded.models,
    providers = excluded.providers, vram_bytes = excluded.vram_bytes, slots = excluded.slots,
    labels = excluded.labels, version = excluded.version, residency = excluded.residency,
    used_slots = 0, registered_at = excluded.registered_at, seen_at = excluded.seen_at,
    has_left = false`;

/**
 * Rows are locked in the order of their ids: two batches never wait for each other. No index has a column
 * that changes, so a beat rewrites one row and nothing else.
 */
export const BEAT = `
  with beat as materialized (
    select * from jsonb_to_recordset($1::jsonb)
      as beat (id text, session text, residency jsonb, "usedSlots" int)
  ), known as materialized (
    select w.id, w.session, w.standing from worker_registry.workers w
     where w.id in (select b.id from beat b) order by w.id for update
  ), written as (
    update worker_registry.workers w
       set seen_at = statement_timestamp(), used_slots = b."usedSlots", residency = b.residency,
           has_left = false
      from beat b join known k on k.id = b.id and k.session = b.session
     where w.id = b.id
  )
  select id, session, standing from known`;

export const LEAVE = `
  update worker_registry.workers set has_left = true, used_slots = 0
   where id = $1 and session = $2`;

export const ORDER = 'update worker_registry.workers set standing = $2 where id = $1';

export const WORKERS = `
  select id, session, models, providers, vram_bytes::float8 as "vramBytes", slots, labels, version,
         residency, used_slots as "usedSlots", registered_at as "registeredAt", seen_at as "seenAt",
         case when has_left or seen_at < statement_timestamp() - $1::float8 * interval '1 ms'
              then 'gone' else standing end as state
    from worker_registry.workers order by id limit 10000`;
