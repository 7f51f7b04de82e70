export const tellWebhookEventsApart = {
  name: 'TellWebhookEventsApart1763700004000',
  up: `
    alter table read_models.webhook_messages
      alter column generation_id drop not null,
      add column event_type text not null default 'generation.ended';
    alter table read_models.webhook_messages alter column event_type drop default;
  `,
};
