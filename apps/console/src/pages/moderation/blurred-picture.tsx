import { Center, Image, Text } from '@mantine/core';
import { useState } from 'react';
import { blurredUrl } from '../../moderation/cases.ts';

interface BlurredPictureProps {
  readonly caseId: string;
  readonly assetId: string;
  /** Pixels it takes at most. */
  readonly side: number;
}

/** A picture as the server blurs it; words when there is none any more. */
export function BlurredPicture({ caseId, assetId, side }: BlurredPictureProps) {
  const [gone, setGone] = useState(false);
  if (gone) {
    return (
      <Center h={side} w={side}>
        <Text size="xs" c="dimmed" ta="center">
          no picture any more
        </Text>
      </Center>
    );
  }
  return (
    <Image
      src={blurredUrl(caseId, assetId)}
      alt="Blurred preview"
      loading="lazy"
      draggable={false}
      radius="sm"
      fit="contain"
      h={side}
      w="auto"
      maw="100%"
      onError={() => setGone(true)}
    />
  );
}
