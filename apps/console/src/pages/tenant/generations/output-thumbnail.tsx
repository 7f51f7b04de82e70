import { Image, Text } from '@mantine/core';
import { type Generation, outputsOf } from '../../../generations/generation.ts';

/** The first thing that a generation made, small; a dash when there is nothing to see. */
export function OutputThumbnail({ generation }: { generation: Generation }) {
  const seen = outputsOf(generation).find(({ thumbnail }) => thumbnail !== null);
  if (!seen) return <Text c="dimmed">–</Text>;
  return (
    <Image
      src={seen.thumbnail}
      alt=""
      w={56}
      h={40}
      fit="cover"
      radius="sm"
      loading="lazy"
      decoding="async"
    />
  );
}
