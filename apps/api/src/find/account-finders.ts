import { ApiKeys, EVENT_STORE, type EventStore, WebhookEndpoints } from '@imprest/application';
import { LedgerQueries, WebhookQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { WEBHOOK_ENDPOINT_ID } from '../http/id-patterns.js';
import { topUpOf } from '../top-ups/own-top-up.js';
import type { Finder } from './found.js';

const KEY = /^(?:imp_(?:live|test)_)?([0-9A-Za-z]{12})$/;
const TOP_UP_ID = /^top_[0-9a-z]{26}$/;
const MESSAGE_ID = /^msg_[0-9a-z]{26}$/;
/** Lots that are granted go by a name that whoever grants them chooses. */
const LOT_ID = /^[A-Za-z0-9][A-Za-z0-9_.:-]{1,99}$/;

/** What an account has: keys, tokens and webhooks. */
@Injectable()
export class AccountFinders {
  constructor(
    private readonly keys: ApiKeys,
    private readonly ledger: LedgerQueries,
    private readonly endpoints: WebhookEndpoints,
    private readonly messages: WebhookQueries,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  readonly all: readonly Finder[] = [
    {
      scope: 'keys:read',
      spelled: (text) => KEY.test(text),
      find: async (tenantId, text) => {
        const id = KEY.exec(text)?.[1] ?? text;
        const { name } = await this.keys.own(tenantId, id);
        return { kind: 'key', id, name, path: `/v1/keys/${id}` };
      },
    },
    {
      scope: 'balance:read',
      spelled: (text) => TOP_UP_ID.test(text),
      find: async (tenantId, id) => {
        await topUpOf(this.store, id, tenantId);
        return { kind: 'top_up', id, name: null, path: `/v1/top-ups/${id}` };
      },
    },
    {
      scope: 'ledger:read',
      spelled: (text) => LOT_ID.test(text),
      find: async (tenantId, id) => {
        const lot = await this.ledger.lot(tenantId, id);
        return lot && { kind: 'lot', id, name: lot.source, path: '/v1/ledger/lots' };
      },
    },
    {
      scope: 'webhooks:read',
      spelled: (text) => WEBHOOK_ENDPOINT_ID.test(text),
      find: async (tenantId, id) => {
        const { url: name } = await this.endpoints.get(tenantId, id);
        return { kind: 'webhook_endpoint', id, name, path: `/v1/webhook-endpoints/${id}` };
      },
    },
    {
      scope: 'generations:read',
      spelled: (text) => MESSAGE_ID.test(text),
      find: async (tenantId, id) => {
        const message = await this.messages.get(id);
        if (message?.tenantId !== tenantId) return undefined;
        const { eventType: name } = message;
        return { kind: 'webhook_message', id, name, path: `/v1/webhook-messages/${id}` };
      },
    },
  ];
}
