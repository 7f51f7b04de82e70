import {
  DATA_KEYS,
  type DataKeys,
  EndUserDirectory,
  Members,
  unsealText,
} from '@imprest/application';
import { EndUserQueries } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { isEmail } from 'class-validator';
import type { Finder, Found } from './found.js';

const PSEUDONYM = /^usr_[0-9a-f]{32}$/;
const USER_ID = /^usr_[0-9a-z]{26}$/;

/** By e-mail or id: who asks for images, and who acts for the tenant. */
@Injectable()
export class PeopleFinders {
  constructor(
    private readonly directory: EndUserDirectory,
    private readonly endUsers: EndUserQueries,
    private readonly members: Members,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
  ) {}

  readonly all: readonly Finder[] = [
    {
      scope: 'end_users:read',
      spelled: (text) => PSEUDONYM.test(text) || isEmail(text),
      find: (tenantId, text) => this.endUser(tenantId, text.toLowerCase()),
    },
    {
      scope: 'members:read',
      spelled: (text) => USER_ID.test(text) || isEmail(text),
      find: (tenantId, text) => this.member(tenantId, text.toLowerCase()),
    },
  ];

  private async endUser(tenantId: string, text: string): Promise<Found | undefined> {
    const id = isEmail(text) ? this.directory.pseudonym(tenantId, text) : text;
    const view = await this.endUsers.get(tenantId, id);
    const key = view && (await this.dataKeys.open([view.dataKeyId])).get(view.dataKeyId);
    if (view === undefined || key === undefined) return undefined;
    const name = unsealText(key, view.confidential, id);
    return { kind: 'end_user', id, name, path: `/v1/end-users/${encodeURIComponent(name)}` };
  }

  private async member(tenantId: string, text: string): Promise<Found | undefined> {
    const all = await this.members.list(tenantId);
    const found = all.find(({ userId, email }) => userId === text || email === text);
    if (found === undefined) return undefined;
    return { kind: 'member', id: found.userId, name: found.email, path: '/v1/members' };
  }
}
