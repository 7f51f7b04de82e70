/**
 * How far a consumer has got with each stream, beyond the position that all of its streams have reached, and the
 * streams whose events wait. A checkpoint that is taken back or away takes both along: they would hide events.
 *
 * Half of each page is left free: a stream's row is changed soon after it is made, and a change that finds room on
 * its page leaves the index alone, which makes it three times as quick.
 */
export const createInbox = {
  name: 'CreateInbox1763700001000',
  up: `
    alter table read_models.checkpoints
      add column reached bigint not null default 0,
      add column parked int not null default 0;

    create table read_models.inbox (
      consumer text collate "C" not null,
      stream text collate "C" not null,
      last_revision int not null check (last_revision >= 0),
      position bigint not null,
      primary key (consumer, stream)
    ) with (fillfactor = 50);

    create table read_models.parked_streams (
      id text primary key,
      consumer text not null,
      kind text not null check (kind in ('projector', 'reactor')),
      stream text not null,
      revision int not null check (revision >= 0),
      event_id text not null,
      event_type text not null,
      reason text not null,
      attempts int not null,
      parked_at timestamptz not null,
      released boolean not null default false,
      requested_action text check (requested_action in ('retry', 'skip')),
      requested_revision int,
      requested_reason text,
      requested_by text,
      requested_at timestamptz,
      unique (consumer, stream)
    );
    create index on read_models.parked_streams (parked_at desc, id desc);

    create function read_models.forget_streams() returns trigger language plpgsql as $$
    begin
      delete from read_models.inbox where consumer = old.consumer;
      delete from read_models.parked_streams where consumer = old.consumer;
      if tg_op = 'DELETE' then return old; end if;
      new.reached := 0;
      new.parked := 0;
      return new;
    end $$;
    create trigger taken_back before update of position on read_models.checkpoints
      for each row when (new.position < old.position) execute function read_models.forget_streams();
    create trigger taken_away before delete on read_models.checkpoints
      for each row execute function read_models.forget_streams();
  `,
} as const;
