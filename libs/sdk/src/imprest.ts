import { Account } from './account/account.js';
import { EndUsers } from './account/end-users.js';
import { Events } from './account/events.js';
import { References } from './account/references.js';
import { TopUps } from './account/top-ups.js';
import { WebhookMessages } from './account/webhook-messages.js';
import { Generations } from './generations/generations.js';
import type { ImprestOptions } from './http/options.js';
import { Transport } from './http/transport.js';

/** A client of the API, in its native dialect, for one key. */
export class Imprest {
  readonly generations: Generations;
  readonly account: Account;
  readonly endUsers: EndUsers;
  readonly events: Events;
  readonly references: References;
  readonly topUps: TopUps;
  readonly webhookMessages: WebhookMessages;

  /** @throws TypeError for a base URL or a key that cannot be one */
  constructor(options: ImprestOptions) {
    const transport = new Transport(options);
    this.generations = new Generations(transport);
    this.account = new Account(transport);
    this.endUsers = new EndUsers(transport);
    this.events = new Events(transport);
    this.references = new References(transport);
    this.topUps = new TopUps(transport);
    this.webhookMessages = new WebhookMessages(transport);
  }
}
