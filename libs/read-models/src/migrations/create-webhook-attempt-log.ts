/** Sealed: whoever destroys the key has erased what was sent, wherever the row is copied to. */
export const createWebhookAttemptLog = {
  name: 'CreateWebhookAttemptLog1763700021000',
  up: `
    create table read_models.webhook_attempt_log (
      message_id text not null,
      attempt int not null,
      data_key_id text not null,
      sealed text not null,
      at timestamptz not null,
      primary key (message_id, attempt)
    );
    alter table read_models.webhook_attempt_log alter column sealed set storage external;
    create index webhook_attempt_log_age on read_models.webhook_attempt_log (at);
  `,
} as const;
