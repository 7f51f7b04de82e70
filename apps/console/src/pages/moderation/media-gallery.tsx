import { SimpleGrid, Text } from '@mantine/core';
import { Section } from '../../components/index.ts';
import type { ModerationCase } from '../../moderation/cases.ts';
import { MediaCard } from './media-card.tsx';

/** What there is to see of a case. */
export function MediaGallery({ found }: { found: ModerationCase }) {
  const { media, grounds } = found;
  const nothing =
    grounds === 'known_file'
      ? 'A known file is neither kept nor shown.'
      : 'Nothing was kept: the verdict and the record are all there is.';
  return (
    <Section title="Media">
      {media.length === 0 ? (
        <Text size="sm" c="dimmed">
          {nothing}
        </Text>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {media.map((each) => (
            <MediaCard key={each.assetId} found={found} media={each} />
          ))}
        </SimpleGrid>
      )}
    </Section>
  );
}
