import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';

/** A secret that is shown this once. */
export function SecretNotice({ secret, onDone }: { secret: string; onDone: () => void }) {
  const copyButton = useRef<HTMLButtonElement>(null);
  useEffect(() => copyButton.current?.focus(), []);
  return (
    <Stack>
      <Alert color="yellow" icon={<IconKey aria-hidden />} title="Copy it now">
        It is shown this once: nobody can look it up later.
      </Alert>
      <Code
        block
        aria-label="The secret"
        style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
      >
        {secret}
      </Code>
      <Text size="sm">Keep it where your servers find it, never in a page or a repository.</Text>
      <Group justify="flex-end">
        <CopyButton value={secret} timeout={5000}>
          {({ copied, copy }) => (
            <Button
              ref={copyButton}
              variant="default"
              onClick={copy}
              leftSection={
                copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
              }
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>I have kept it</Button>
      </Group>
    </Stack>
  );
}
