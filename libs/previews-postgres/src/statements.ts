export const WATCH = `
  insert into previews.watched (generation_id, watched_until)
  select id, statement_timestamp() + $2 * interval '1 ms' from unnest($1::text[]) as id order by id
  on conflict (generation_id) do update set watched_until = excluded.watched_until`;

/** Of two at once the second sees what the first has written. */
export const ADMIT = `
  update previews.watched
  set admitted_at = clock_timestamp(), admitted = admitted + 1
  where generation_id = $1 and watched_until > statement_timestamp() and not withheld
    and admitted < $3
    and (admitted_at is null or admitted_at <= statement_timestamp() - $2 * interval '1 ms')`;

/** The row of what is watched is held meanwhile: what is withheld at the same moment goes with it. */
export const PUT = `
  with watched as (
    select generation_id from previews.watched
    where generation_id = $1 and watched_until > statement_timestamp() and not withheld for share
  )
  insert into previews.pictures as known
    (generation_id, image_index, fence, step, steps, width, height, data_key_id, sealed)
  select generation_id, $2, $3, $4, $5, $6, $7, $8, $9 from watched
  on conflict (generation_id, image_index) do update set
    fence = excluded.fence, version = excluded.version, step = excluded.step,
    steps = excluded.steps, width = excluded.width, height = excluded.height,
    data_key_id = excluded.data_key_id, sealed = excluded.sealed
  where known.fence <= excluded.fence`;

export const SINCE = `
  select p.generation_id, p.image_index, p.fence, p.version, p.step, p.steps, p.width, p.height,
    p.data_key_id, p.sealed
  from unnest($1::text[], $2::bigint[]) as seen (generation_id, version)
  join previews.pictures p
    on p.generation_id = seen.generation_id and p.version > seen.version
  order by p.version limit 100`;

/** Waits for a preview that is being put; the next statement takes that away as well. */
export const WITHHOLD = `
  insert into previews.watched (generation_id, watched_until, withheld)
  values ($1, statement_timestamp(), true)
  on conflict (generation_id) do update set withheld = true`;

export const REMOVE = 'delete from previews.pictures where generation_id = any($1)';

export const SWEEP_PICTURES = `
  delete from previews.pictures p where not exists (
    select from previews.watched w
    where w.generation_id = p.generation_id and w.watched_until > statement_timestamp()
  )`;

/** Kept for a while: it is known of them what was withheld, and how many were admitted. */
export const SWEEP_WATCHED = `
  delete from previews.watched where watched_until < statement_timestamp() - interval '1 hour'`;
