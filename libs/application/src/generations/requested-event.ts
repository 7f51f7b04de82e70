import type { Deadlines } from '@imprest/domain';
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
  { endUser, deadlines }: { endUser: EndUserRef; deadlines: Deadlines },
  key: DataKey,
) {
  const { prompt, endUserEmail, references, webhookUrl, negativePrompt, character } = input;
  const shown = character && { negativePrompt, character };
  const said = { prompt, endUserEmail, references, webhookUrl };
  const asked = input.deadlines && { deadlines: input.deadlines };
  const personal: ConfidentialInput = { ...said, ...shown, ...asked };
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
    deadlines,
    redriveOf: null,
  };
  return { type: 'GenerationRequested', data } as const;
}
