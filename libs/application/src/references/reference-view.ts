import {
  type ConsentBasis,
  type ConsentStanding,
  consentStanding,
  domainError,
} from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { referenceConsentStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import type { Clock } from '../ports/clock.js';
import type { DataKeys } from '../ports/data-keys.js';
import { CLOCK, DATA_KEYS } from '../ports/tokens.js';
import { type ConsentText, openConsent } from './confidential-consent.js';
import { StoredReferences } from './stored-references.js';

/** The latest consent for a reference, as its owner sees it. */
export interface ConsentView {
  readonly id: string;
  readonly standing: Exclude<ConsentStanding, 'none'>;
  readonly basis: ConsentBasis;
  readonly grantedAt: string;
  readonly expiresAt: string | null;
  /** Undefined once it is erased. */
  readonly text: ConsentText | undefined;
}

export interface ReferenceView {
  readonly id: string;
  /** Undefined when the image is not there any more and its consent is all that is known. */
  readonly image: { readonly mediaType: string; readonly bytes: number } | undefined;
  readonly consent: ConsentView | undefined;
}

export function noSuchReference(id: string): DomainFailure {
  return new DomainFailure(domainError('not_found', `there is no reference ${id}`));
}

/** What is known of an uploaded reference. */
@Injectable()
export class ReferenceViews {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly references: StoredReferences,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainFailure not_found, for what is another tenant's too */
  async get(tenantId: string, id: string): Promise<ReferenceView> {
    if (!this.references.owns(tenantId, id)) throw noSuchReference(id);
    const asset = await this.references.find(tenantId, id);
    const consent = await this.consentOf(id);
    if (asset === undefined && consent === undefined) throw noSuchReference(id);
    const image = asset && { mediaType: asset.mediaType, bytes: asset.size };
    return { id, image, consent };
  }

  private async consentOf(id: string): Promise<ConsentView | undefined> {
    const now = this.clock.now().toISOString();
    const { consent, standing } = await this.runner.read(referenceConsentStream, id, (state) => ({
      consent: state.consent,
      standing: consentStanding(state, now),
    }));
    if (consent === null || standing === 'none') return undefined;
    const { consentId, basis, grantedAt, expiresAt } = consent;
    const text = await openConsent(this.dataKeys, consent);
    return { id: consentId, standing, basis, grantedAt, expiresAt, text };
  }
}
