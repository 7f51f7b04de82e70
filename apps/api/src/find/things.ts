import { DomainFailure, type Principal } from '@imprest/application';
import { Injectable } from '@nestjs/common';
import { AccountFinders } from './account-finders.js';
import { ContentFinders } from './content-finders.js';
import type { Finder, Found } from './found.js';
import { PeopleFinders } from './people-finders.js';

/** Asks everybody who may know a thing by this text, and whom the key may ask. */
@Injectable()
export class Things {
  private readonly finders: readonly Finder[];

  constructor(content: ContentFinders, account: AccountFinders, people: PeopleFinders) {
    this.finders = [...content.all, ...account.all, ...people.all];
  }

  async find({ tenantId, scopes }: Principal, text: string): Promise<readonly Found[]> {
    const asked = this.finders.filter(({ scope, spelled }) => scopes.has(scope) && spelled(text));
    const found = await Promise.all(asked.map(({ find }) => orNothing(find(tenantId, text))));
    return found.filter((each) => each !== undefined);
  }
}

function orNothing(finding: Promise<Found | undefined>): Promise<Found | undefined> {
  return finding.catch((error: unknown) => {
    if (error instanceof DomainFailure && error.error.code === 'not_found') return undefined;
    throw error;
  });
}
