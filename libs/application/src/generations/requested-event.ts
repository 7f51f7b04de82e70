import { noDeadlines } from '@imprest/domain';
import type { EndUserRef } from '../end-users/end-user-directory.js';
import type { DataKey } from '../ports/data-keys.js';
import { type ConfidentialInput, sealInput } from './confidential-input.js';
import type { GenerationRequestInput, PreparedRequest } from './prepare-request.js';
import type { Submitter } from './submitter.js';

/** The fact that a request was accepted, with its personal part sealed. */
export function requestedEvent(
  id: string,
  { submitter, input }: { submitter: Submitter; input: GenerationRequestInput },
  { parameters, price }: PreparedRequest,
  fingerprint: string,
  endUser: EndUserRef,
  key: DataKey,
) {
  const { prompt, endUserEmail, references, webhookUrl, negativePrompt, character } = input;
  const shown = character && { negativePrompt, character };
  const personal: ConfidentialInput = { prompt, endUserEmail, references, webhookUrl, ...shown };
  const data = {
    tenantId: submitter.tenantId,
    apiKeyId: submitter.apiKeyId,
    dialect: submitter.dialect,
    endUserId: endUser.id,
    parameters,
    price,
    fingerprint,
    confidential: sealInput(id, personal, key),
    dataKeyId: key.id,
    webhook: webhookUrl !== null,
    baseUrl: submitter.baseUrl,
    deadlines: noDeadlines,
    redriveOf: null,
  };
  return { type: 'GenerationRequested', data } as const;
}
