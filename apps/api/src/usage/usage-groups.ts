import {
  Budgets,
  type BudgetView,
  DATA_KEYS,
  type DataKeys,
  type Principal,
  unsealText,
} from '@imprest/application';
import type { BudgetSubject } from '@imprest/domain';
import { EndUserQueries, type UsageView } from '@imprest/read-models';
import { Inject, Injectable } from '@nestjs/common';

/** A group with what is known of its key and its end user. */
export interface UsageGroup {
  readonly view: UsageView;
  /** Null when it was erased, or the key that asks may not see end users. */
  readonly endUserEmail: string | null;
  readonly keyBudget: BudgetView | undefined;
  readonly endUserBudget: BudgetView | undefined;
}

/** Finds what the read model of usage does not have: e-mails are sealed, and budgets are the account's. */
@Injectable()
export class UsageGroups {
  constructor(
    private readonly endUsers: EndUserQueries,
    private readonly budgets: Budgets,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
  ) {}

  async of(principal: Principal, views: readonly UsageView[]): Promise<readonly UsageGroup[]> {
    const { tenantId } = principal;
    const emails = await this.emails(principal, views);
    const budgetsOf = (kind: BudgetSubject['kind'], ids: readonly (string | undefined)[]) =>
      this.budgets.views(
        tenantId,
        ids.map((id) => ({ kind, id: id ?? '' })),
      );
    const ofKeys = await budgetsOf(
      'apiKey',
      views.map(({ apiKey }) => apiKey),
    );
    const ofEndUsers = await budgetsOf(
      'endUser',
      views.map(({ endUser }) => endUser),
    );
    return views.map((view, index) => ({
      view,
      endUserEmail: emails.get(view.endUser ?? '') ?? null,
      keyBudget: ofKeys[index],
      endUserBudget: ofEndUsers[index],
    }));
  }

  /** By pseudonym. */
  private async emails(
    { tenantId, scopes }: Principal,
    views: readonly UsageView[],
  ): Promise<ReadonlyMap<string, string>> {
    const ids = views.flatMap(({ endUser }) => (endUser === undefined ? [] : [endUser]));
    if (ids.length === 0 || !scopes.has('end_users:read')) return new Map();
    const known = await this.endUsers.byIds(tenantId, [...new Set(ids)]);
    const keys = await this.dataKeys.open(known.map(({ dataKeyId }) => dataKeyId));
    const opened = known.flatMap(({ id, confidential, dataKeyId }): [string, string][] => {
      const key = keys.get(dataKeyId);
      return key === undefined ? [] : [[id, unsealText(key, confidential, id)]];
    });
    return new Map(opened);
  }
}
