import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTenantApi } from '../../api/clients.ts';
import {
  DataTable,
  EmptyState,
  PageHeader,
  useRows,
  useTableState,
} from '../../components/index.ts';
import { useHasRole, useTenantId } from '../../session/use-tenant.ts';
import { IssueKeyDialog } from './keys/issue-key-dialog.tsx';
import { type KeyAction, KeyActions } from './keys/key-actions.tsx';
import { KeyBudgetDialog } from './keys/key-budget-dialog.tsx';
import { keyColumns } from './keys/key-columns.tsx';
import type { ApiKey } from './keys/key-state.ts';
import { RevokeKeyDialog } from './keys/revoke-key-dialog.tsx';
import { RotateKeyDialog } from './keys/rotate-key-dialog.tsx';

const DIALOGS = { budget: KeyBudgetDialog, rotate: RotateKeyDialog, revoke: RevokeKeyDialog };

interface Chosen {
  readonly apiKey: ApiKey;
  readonly action: KeyAction;
}

function KeyTable({ mayChange }: { mayChange: boolean }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const state = useTableState();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const rows = useRows({
    queryKey: ['keys', tenantId],
    state,
    fetch: (query) => api.GET('/v1/keys', { params: { query } }),
    sorts: ['-createdAt'],
    rowsOf: ({ keys }) => keys,
  });
  const columns = useMemo(() => {
    const actionsOf = (apiKey: ApiKey) => (
      <KeyActions apiKey={apiKey} onChoose={(action) => setChosen({ apiKey, action })} />
    );
    return keyColumns(mayChange ? actionsOf : null);
  }, [mayChange]);
  const Dialog = chosen === null ? null : DIALOGS[chosen.action];
  return (
    <>
      <DataTable
        caption="API keys, newest first"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        state={state}
        empty={
          <EmptyState title="No key yet" icon={IconKey}>
            Programs call the API with a key. Issue one, and copy it when it is shown.
          </EmptyState>
        }
      />
      {Dialog !== null && chosen !== null && (
        <Dialog apiKey={chosen.apiKey} onClose={() => setChosen(null)} />
      )}
    </>
  );
}

/** Keys of the tenant: what they may do, and what became of them. */
export function KeysPage() {
  const mayChange = useHasRole('developer');
  const [isIssuing, { open, close }] = useDisclosure(false);
  return (
    <>
      <PageHeader
        title="Keys"
        description="What programs sign in with. A key is shown once, when it is issued."
        actions={
          mayChange && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
              Issue a key
            </Button>
          )
        }
      />
      <KeyTable mayChange={mayChange} />
      {isIssuing && <IssueKeyDialog onClose={close} />}
    </>
  );
}
