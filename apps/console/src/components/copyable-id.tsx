import { ActionIcon, Anchor, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

/** A button that copies a text and says so. */
export function CopyIcon({ value, label }: { value: string; label: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : label}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={copy}>
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

const SHOWN = 16;

interface CopyableIdProps {
  readonly id: string | null | undefined;
  /** Path of the page of what it names, with its base left out: `/t/studio/generations/req_…`. */
  readonly to?: string;
  /** Shows all of a long id. */
  readonly whole?: boolean;
}

/** An id to copy, and to follow where it leads to a page. */
export function CopyableId({ id, to, whole = false }: CopyableIdProps) {
  if (!id) return <span>–</span>;
  const shown = whole || id.length <= SHOWN ? id : `${id.slice(0, 8)}…${id.slice(-6)}`;
  const text = (
    <Code
      c={to === undefined ? undefined : 'var(--mantine-color-anchor)'}
      style={{ whiteSpace: whole ? 'normal' : 'nowrap', overflowWrap: 'anywhere' }}
      title={id}
    >
      {shown}
    </Code>
  );
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex">
      {to === undefined ? (
        text
      ) : (
        <Anchor component={Link} to={to as '/'} underline="hover">
          {text}
        </Anchor>
      )}
      <CopyIcon value={id} label={`Copy ${id}`} />
    </Group>
  );
}
