import { Center, Group, Image, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { answerOf, OPERATOR_BASE, useOperatorApi } from '../../api/clients.ts';
import { CopyableId, ReasonAction, Timestamp } from '../../components/index.ts';
import { formatBytes } from '../../format/amount.ts';
import type { CaseMedia, ModerationCase } from '../../moderation/cases.ts';
import { BlurredPicture } from './blurred-picture.tsx';
import { ClipTile } from './clip-tile.tsx';

interface MediaCardProps {
  readonly found: ModerationCase;
  readonly media: CaseMedia;
}

interface Shown {
  readonly path: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

const SIDE = 220;

const WORDS = {
  never: 'A known file is never shown.',
  gone: 'Erased: nobody can see it any more.',
} as const;

/** What an unblurring gave, until its minute is over. */
function useShown() {
  const [shown, setShown] = useState<Shown>();
  useEffect(() => {
    if (shown === undefined) return;
    const left = Date.parse(shown.expiresAt) - Date.now();
    const timer = setTimeout(() => setShown(undefined), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [shown]);
  return [shown, setShown] as const;
}

function Clear({ shown, mediaType }: { shown: Shown; mediaType: string }) {
  const src = OPERATOR_BASE + shown.path;
  if (mediaType === 'video/mp4') {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what models make has no sound.
      <video
        src={src}
        controls
        controlsList="nodownload"
        disablePictureInPicture
        width="100%"
        aria-label="The clip as it is"
      />
    );
  }
  return (
    <Image
      src={src}
      alt="The picture as it is"
      fit="contain"
      mah={480}
      draggable={false}
      onContextMenu={(event) => event.preventDefault()}
    />
  );
}

function Unblur({ found, media, onShown }: MediaCardProps & { onShown: (shown: Shown) => void }) {
  const api = useOperatorApi();
  const path = { id: found.id, image: media.assetId };
  return (
    <ReasonAction
      label={media.state === 'clip' ? 'Play' : 'Unblur'}
      title="See it as it is"
      explains="You see it for one minute. That you did, and why, is an event of this case."
      command={{
        run: (reason) =>
          answerOf(
            api.POST('/admin/v1/moderation/cases/{id}/media/{image}/unblur', {
              params: { path },
              body: { reason },
            }),
          ),
        done: 'Shown for one minute.',
        onDone: onShown,
        touches: [['moderation', 'case', found.id]],
      }}
    />
  );
}

function Veiled({ found, media: { state, assetId, bytes } }: MediaCardProps) {
  if (state === 'preview')
    return <BlurredPicture caseId={found.id} assetId={assetId} side={SIDE} />;
  if (state === 'clip') {
    return (
      <ClipTile
        side={SIDE}
      >{`A clip (MP4${bytes === null ? '' : `, ${formatBytes(bytes)}`})`}</ClipTile>
    );
  }
  return (
    <Text size="sm" c="dimmed" ta="center">
      {WORDS[state]}
    </Text>
  );
}

/** One picture or clip: blurred, or as it is for a minute. */
export function MediaCard({ found, media }: MediaCardProps) {
  const { state, assetId, mediaType, keptUntil } = media;
  const [shown, setShown] = useShown();
  const canUnblur = found.state === 'open' && (state === 'preview' || state === 'clip');
  return (
    <Paper withBorder p="sm" radius="md">
      <Stack gap="xs">
        {shown !== undefined && <Clear shown={shown} mediaType={mediaType} />}
        {shown === undefined && (
          <Center mih={SIDE}>
            <Veiled found={found} media={media} />
          </Center>
        )}
        <Group justify="space-between" gap="xs">
          <CopyableId id={assetId} />
          {canUnblur && shown === undefined && (
            <Unblur found={found} media={media} onShown={setShown} />
          )}
        </Group>
        {keptUntil !== null && state !== 'gone' && (
          <Text size="xs" c="dimmed" component="div">
            Kept until <Timestamp at={keptUntil} />
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
