import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredEvent } from '../log/stored-event.js';

interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

export function proposedEvent(message: ProposedMessage) {
  const described = message.getMetadataMap();
  return {
    id: uuidText(message.getId()),
    type: described.get('type') ?? '',
    contentType: described.get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function streamName(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function streamIdentifier(name: string): StreamIdentifier {
  return new sharedMessages.StreamIdentifier().setStreamName(Buffer.from(name));
}

/** Either form as text, for comparing. */
export function uuidText(id: UUID | undefined): string {
  const structured = id?.getStructured();
  if (structured === undefined) return id?.getString().toLowerCase() ?? '';
  const halves = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()];
  const hex = halves.map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'));
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function eventMessage(event: StoredEvent): ReadResp {
  const position = String(event.position);
  const recorded = new streamsMessages.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new sharedMessages.UUID().setString(event.id));
  recorded.setStreamIdentifier(streamIdentifier(event.stream));
  recorded.setStreamRevision(String(event.revision));
  recorded.setCommitPosition(position);
  recorded.setPreparePosition(position);
  const described = recorded.getMetadataMap();
  described.set('type', event.type);
  described.set('content-type', event.contentType);
  described.set('created', event.created);
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const message = new streamsMessages.ReadResp.ReadEvent()
    .setEvent(recorded)
    .setCommitPosition(position);
  return new streamsMessages.ReadResp().setEvent(message);
}

export function checkpointMessage(position: number): ReadResp {
  const checkpoint = new streamsMessages.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streamsMessages.ReadResp().setCheckpoint(checkpoint);
}

export function confirmationMessage(subscriptionId: string): ReadResp {
  const confirmation = new streamsMessages.ReadResp.SubscriptionConfirmation();
  return new streamsMessages.ReadResp().setConfirmation(
    confirmation.setSubscriptionId(subscriptionId),
  );
}

export const caughtUpMessage = () =>
  new streamsMessages.ReadResp().setCaughtUp(new streamsMessages.ReadResp.CaughtUp());
export const fellBehindMessage = () =>
  new streamsMessages.ReadResp().setFellBehind(new streamsMessages.ReadResp.FellBehind());

export function streamNotFoundMessage(stream: string): ReadResp {
  const notFound = new streamsMessages.ReadResp.StreamNotFound().setStreamIdentifier(
    streamIdentifier(stream),
  );
  return new streamsMessages.ReadResp().setStreamNotFound(notFound);
}

export const empty = () => new sharedMessages.Empty();
