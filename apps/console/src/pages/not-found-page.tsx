import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PageHeader } from '../components/index.ts';

/** For addresses that lead to nothing, or to what is not the reader's. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="There is no such page" />
      <Text>
        Either the address is wrong or what it names is not yours. Press Ctrl-K (⌘K) to find a thing
        by its id, or go to the{' '}
        <Anchor component={Link} to="/">
          start page
        </Anchor>
        .
      </Text>
    </>
  );
}
