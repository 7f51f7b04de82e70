import { Anchor, Box, Breadcrumbs, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';

interface PageHeaderProps {
  /** Also the title of the window. */
  readonly title: string;
  /** Right of the title where it says more than a text: badges, an id. */
  readonly aside?: ReactNode;
  readonly description?: ReactNode;
  /** The page above this one. */
  readonly parent?: { readonly label: string; readonly to: string };
  readonly actions?: ReactNode;
}

let isFirstPage = true;

/** Titles the window and reads out the new page to who cannot see that it changed; the first one is read out by itself. */
function useAnnouncement(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Imprest`;
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, [title]);
  return heading;
}

/** Head of a page: its one heading, where it belongs, and what can be done. */
export function PageHeader({ title, aside, description, parent, actions }: PageHeaderProps) {
  const heading = useAnnouncement(title);
  return (
    <Box component="header" mb="lg">
      {parent && (
        <Breadcrumbs mb={4}>
          <Anchor size="sm" component={Link} to={parent.to as '/'}>
            {parent.label}
          </Anchor>
          <Text size="sm" c="dimmed">
            {title}
          </Text>
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="center" gap="sm">
        <Group gap="sm">
          <Title
            order={1}
            size="h2"
            ref={heading}
            tabIndex={-1}
            style={{ outline: 'none', overflowWrap: 'anywhere' }}
          >
            {title}
          </Title>
          {aside}
        </Group>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {description && (
        <Text
          component="div"
          size="sm"
          c="dimmed"
          mt={actions ? { base: 'sm', md: 4 } : 4}
          maw={760}
        >
          {description}
        </Text>
      )}
    </Box>
  );
}
