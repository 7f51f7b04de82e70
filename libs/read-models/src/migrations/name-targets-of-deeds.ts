/** What an event is about, so that deeds are found by it. Those that are there already are made anew, with those on single generations and messages. */
export const nameTargetsOfDeeds = {
  name: 'NameTargetsOfDeeds1763700062000',
  up: `
    truncate read_models.audit_trail, read_models.accepted_minutes;
    delete from read_models.checkpoints where consumer = 'control-room';
    alter table read_models.audit_trail
      add column category text not null,
      add column targets text[] not null;
    create index on read_models.audit_trail (category, at desc, id desc);
    create index on read_models.audit_trail using gin (targets);
  `,
} as const;
