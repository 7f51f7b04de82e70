import { Box, Code } from '@mantine/core';
import { CopyIcon } from './copyable-id.tsx';
import classes from './json-view.module.css';

/** A value as JSON, to read and to copy. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? 'undefined');
  return (
    <Box pos="relative">
      <Box pos="absolute" top={8} right={8}>
        <CopyIcon value={text} label={`Copy ${label}`} />
      </Box>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label} className={classes.frame}>
        <Code block className={classes.text}>
          {text}
        </Code>
      </section>
    </Box>
  );
}
