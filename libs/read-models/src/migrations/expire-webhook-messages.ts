export const expireWebhookMessages = {
  name: 'ExpireWebhookMessages1763800060000',
  up: `
    alter table read_models.webhook_messages drop constraint webhook_messages_status_check;
    alter table read_models.webhook_messages add constraint webhook_messages_status_check
      check (status in ('pending', 'delivered', 'exhausted', 'refused', 'withdrawn', 'expired'));
  `,
};
