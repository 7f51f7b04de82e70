import type { AnswerOf } from './answers.ts';

export type RecordedEvent = AnswerOf<'/admin/v1/streams/{stream}'>['events'][number];

/** What names an event in an address: its stream and its number there. */
export const eventReference = ({
  stream,
  revision,
}: Pick<RecordedEvent, 'stream' | 'revision'>): string => `${stream}@${revision}`;

/** The stream of a token account, of which each entry of the ledger is one event. */
export const accountStream = (tenantId: string): string => `tokenAccount-${tenantId}`;
