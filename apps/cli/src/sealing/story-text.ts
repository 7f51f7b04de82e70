import type { ChargeStory } from '@imprest/ledger-seal';

/** A charge in the order a reader asks. */
export function storyLines(story: ChargeStory): readonly string[] {
  const { price, lots, attempts, deliveries, images } = story;
  return [
    `generation  ${story.generationId} of ${story.tenantId}`,
    `requested   ${story.requestedAt}: ${price.images} x ${price.model} at ${price.perImage}, ${price.total} tokens`,
    `hold        ${story.hold}: ${story.held} held, ${story.captured} captured, ${story.released} released, ${story.refunded} refunded`,
    ...lots.map(
      ({ lotId, kind, held, captured }) =>
        `  lot       ${lotId} (${kind}): ${held} held, ${captured} captured`,
    ),
    ...attempts.map(
      ({ attempt, workerId, leasedAt, failure }) =>
        `attempt     ${attempt} on ${workerId} at ${leasedAt}${failure === null ? '' : `, failed: ${failure}`}`,
    ),
    `outcome     ${story.outcome}${story.endedAt === null ? '' : ` at ${story.endedAt}`}, ${story.charged} tokens charged`,
    ...images.map(({ index, mediaType, sha256 }) => `image       ${index} ${mediaType} ${sha256}`),
    ...deliveries.map(
      ({ messageId, attempt, at, outcome, status }) =>
        `webhook     ${messageId} attempt ${attempt} at ${at}: ${outcome}${status === null ? '' : ` (HTTP ${status})`}`,
    ),
  ];
}
