import { Anchor, Card, Group, Image, Text } from '@mantine/core';
import { CopyIcon, EmptyState, Timestamp } from '../../../components/index.ts';
import {
  type Generation,
  isUnderWay,
  type Output,
  outputsOf,
} from '../../../generations/generation.ts';
import classes from './outputs.module.css';

function Picture({ output, alt }: { output: Output; alt: string }) {
  if (output.url === null) {
    return (
      <Text size="sm" c="dimmed" p="md">
        Lost by storage, and not charged.
      </Text>
    );
  }
  if (output.isVideo) {
    return (
      <video src={output.url} controls loop muted style={{ width: '100%' }} aria-label={alt} />
    );
  }
  return (
    <Image src={output.thumbnail ?? output.url} alt={alt} fit="contain" mah={360} loading="lazy" />
  );
}

function OutputCard({ output, alt }: { output: Output; alt: string }) {
  const { id, url, sha256, expiresAt } = output;
  return (
    <Card withBorder padding="sm" radius="md">
      <Card.Section>
        {url === null || output.isVideo ? (
          <Picture output={output} alt={alt} />
        ) : (
          <a href={url} target="_blank" rel="noreferrer">
            <Picture output={output} alt={alt} />
          </a>
        )}
      </Card.Section>
      <Group gap="xs" mt="xs" justify="space-between">
        <Group gap={4}>
          <Text size="xs" ff="monospace">
            {id.slice(-8)}
          </Text>
          <CopyIcon value={id} label={`Copy ${id}`} />
          {sha256 !== null && <CopyIcon value={sha256} label="Copy SHA-256 of the file" />}
        </Group>
        {url !== null && (
          <Anchor size="xs" href={url} download>
            Download
          </Anchor>
        )}
      </Group>
      {expiresAt !== null && (
        <Text size="xs" c="dimmed">
          URL lives until <Timestamp at={expiresAt} span />
        </Text>
      )}
    </Card>
  );
}

/** What a generation has made, or why there is nothing. */
export function Outputs({ generation }: { generation: Generation }) {
  const outputs = outputsOf(generation);
  const { status, prompt } = generation;
  if (outputs.length === 0) {
    const title = isUnderWay(status) ? 'Nothing is made yet' : 'There is nothing to show';
    return (
      <EmptyState title={title}>
        {status === 'expired'
          ? 'The URLs are dead 23 hours after the end. A rerun makes it again.'
          : ''}
      </EmptyState>
    );
  }
  return (
    <div className={classes.grid}>
      {outputs.map((output, index) => (
        <OutputCard key={output.id} output={output} alt={`Output ${index + 1}: ${prompt}`} />
      ))}
    </div>
  );
}
