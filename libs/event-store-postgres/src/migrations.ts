/**
 * Everything of this lib inside PostgreSQL. Position order is commit order only because every writer
 * goes through `event_store.append`, which holds one advisory lock until its transaction has ended.
 */
export const migrations: readonly { readonly name: string; readonly up: string }[] = [
  {
    name: 'CreateEventStore1763600000000',
    up: `
create schema event_store;

create table event_store.events (
  position bigint generated always as identity primary key,
  stream text collate "C" not null,
  revision bigint not null,
  event_id uuid not null,
  type text not null,
  version smallint not null,
  data json not null,
  metadata json not null,
  recorded_at timestamptz not null default clock_timestamp(),
  unique (stream, revision)
);

create function event_store.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name;
end $$;

create trigger append_only before update or delete or truncate on event_store.events
  for each statement execute function event_store.refuse_change();

-- Writes all events or none. conflicts: the streams whose head is not the one their first event
-- follows; null when everything was written. Positions then are contiguous, in the order of the arrays.
create function event_store.append(
  streams text[], revisions bigint[], event_ids uuid[], types text[], versions smallint[],
  data json[], metadata json[],
  out conflicts text[], out last_position bigint
) language plpgsql
  -- Plans are cached while the table is small or empty; without these the head look-up stays a scan.
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_bitmapscan = off
as $$
declare
  known_at timestamptz;
begin
  perform pg_advisory_xact_lock(1702260340, 1);
  -- Read under the lock: the clock of the transaction's start would run against the positions.
  known_at := clock_timestamp();
  select array_agg(write.stream) into conflicts
    from (
      select u.stream, min(u.revision) as first_revision
        from unnest(streams, revisions) as u (stream, revision)
       group by u.stream
    ) as write
    left join lateral (
      select e.revision from event_store.events e
       where e.stream = write.stream
       order by e.revision desc limit 1
    ) as head on true
   where coalesce(head.revision, -1) + 1 <> write.first_revision;
  if conflicts is not null then
    return;
  end if;
  insert into event_store.events
      (stream, revision, event_id, type, version, data, metadata, recorded_at)
    -- In the select list, unnest streams its rows; in the from list it would store all of them first.
    select unnest(streams), unnest(revisions), unnest(event_ids), unnest(types), unnest(versions),
           unnest(append.data), unnest(append.metadata), known_at;
  last_position := lastval();
  perform pg_notify('event_store', last_position::text);
end $$;

-- For each event: its position when that very event is at that revision of its stream, and the
-- revision of the stream's last event (-1: no stream). One row per event, in the order given.
create function event_store.stored(streams text[], revisions bigint[], event_ids uuid[])
  returns table (stored_position bigint, head_revision bigint) language sql stable
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_bitmapscan = off
as $$
  select same.position, coalesce(head.revision, -1)
    from unnest(streams, revisions, event_ids) with ordinality
      as u (stream, revision, event_id, ordinal)
    left join lateral (
      select e.position, e.event_id from event_store.events e
       where e.stream = u.stream and e.revision = u.revision
       limit 1
    ) as same on same.event_id = u.event_id
    left join lateral (
      select e.revision from event_store.events e
       where e.stream = u.stream
       order by e.revision desc limit 1
    ) as head on true
   order by u.ordinal
$$;
`,
  },
  {
    name: 'RecordWholeMilliseconds1763700000300',
    // Readers know milliseconds. Anything finer would be stored without anyone being able to vouch for it.
    up: 'alter table event_store.events alter column recorded_at type timestamptz(3)',
  },
  {
    name: 'LookUpContinuedStreamsOnly1763800000100',
    // The function of seven arguments stays for processes of an older release while they are replaced.
    up: `
-- Writes all events or none. heads: each stream that goes on from what is stored, and the revision it has
-- to stand at. Streams said to be new are not looked up: the unique constraint finds one that is not.
-- conflicts: the streams whose head is not the one their first event follows; null when everything was
-- written. Positions then are contiguous, in the order of the arrays.
create function event_store.append(
  streams text[], revisions bigint[], event_ids uuid[], types text[], versions smallint[],
  data json[], metadata json[], heads text[], head_revisions bigint[],
  out conflicts text[], out last_position bigint
) language plpgsql
  -- Plans are cached while the table is small or empty; without these a look-up stays a scan.
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_bitmapscan = off
as $$
declare
  known_at timestamptz;
  nothing text;
begin
  -- An assignment calls its function without the executor, which perform starts.
  nothing := pg_advisory_xact_lock(1702260340, 1);
  -- Read under the lock: the clock of the transaction's start would run against the positions.
  known_at := clock_timestamp();
  begin
    insert into event_store.events
        (stream, revision, event_id, type, version, data, metadata, recorded_at)
      -- In the select list, unnest streams its rows; in the from list it would store all of them first.
      select unnest(streams), unnest(revisions), unnest(event_ids), unnest(types), unnest(versions),
             unnest(append.data), unnest(append.metadata), known_at
       where not exists (
         select from unnest(heads, head_revisions) as head (stream, revision)
           left join lateral (
             select e.revision from event_store.events e
              where e.stream = head.stream
              order by e.revision desc limit 1
           ) as stored on true
          where stored.revision is distinct from head.revision
       );
    if found then
      last_position := lastval();
      nothing := pg_notify('event_store', last_position::text);
      return;
    end if;
  exception when unique_violation then
    last_position := null;
  end;
  select array_agg(write.stream) into conflicts
    from (
      select u.stream, min(u.revision) as first_revision
        from unnest(streams, revisions) as u (stream, revision)
       group by u.stream
    ) as write
    left join lateral (
      select e.revision from event_store.events e
       where e.stream = write.stream
       order by e.revision desc limit 1
    ) as head on true
   where coalesce(head.revision, -1) + 1 <> write.first_revision;
  if conflicts is null then
    raise exception 'the revisions of a batch contradict each other or its heads';
  end if;
end $$;
`,
  },
];
