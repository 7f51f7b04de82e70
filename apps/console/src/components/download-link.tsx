import { Button, type ButtonProps } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { stringifySearch } from '../search-params.ts';

interface DownloadLinkProps extends ButtonProps {
  /** Whole path with its base: `tenantBase(tenantId) + '/v1/ledger/statement'`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Name of the file when the server says none. */
  readonly filename?: string;
  readonly children: ReactNode;
}

/** A file of the API, fetched by the browser itself with its session. */
export function DownloadLink({
  path,
  query = {},
  filename = '',
  children,
  ...props
}: DownloadLinkProps) {
  return (
    <Button
      component="a"
      href={path + stringifySearch(query)}
      download={filename}
      size="xs"
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      {...props}
    >
      {children}
    </Button>
  );
}
