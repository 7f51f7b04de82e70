import {
  listeningEndpoints,
  type MessageSubject,
  type WebhookEndpoint,
  type WebhookEndpointState,
  type WebhookEventName,
} from '@imprest/domain';
import type { RecordedEvent } from '@imprest/event-catalogue';

/** What happened, for receivers. */
export interface Occurrence {
  readonly tenantId: string;
  readonly about: MessageSubject;
  readonly name: WebhookEventName;
  /** Of the generation it is about; null for what is told alike in every dialect. */
  readonly dialect: string | null;
  readonly recorded: RecordedEvent;
}

/**
 * Endpoints of the xavira dialect hear of what was asked for in it, where a generation that was cancelled
 * has failed; the others hear of everything.
 */
export function endpointsThatHear(
  { name, dialect, recorded }: Occurrence,
  state: WebhookEndpointState,
): readonly WebhookEndpoint[] {
  const { occurredAt } = recorded.metadata;
  const nameInXavira = name === 'generation.cancelled' ? 'generation.failed' : name;
  const inXavira = dialect === 'xavira' ? listeningEndpoints(state, nameInXavira, occurredAt) : [];
  return [
    ...inXavira.filter(({ scheme }) => scheme === 'xavira'),
    ...listeningEndpoints(state, name, occurredAt).filter(({ scheme }) => scheme !== 'xavira'),
  ];
}

/** What a message about it waits behind at the endpoint; null for nothing. */
export function lineOf(
  { endpointId, ordering }: WebhookEndpoint,
  about: MessageSubject,
): string | null {
  if (ordering === 'endpoint') return endpointId;
  const isInOrder = ordering === 'generation' && about.kind === 'generation';
  return isInOrder ? `${endpointId}:${about.id}` : null;
}
