import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import type { components } from '../../../api/openapi.ts';
import {
  ConfirmAction,
  CopyableId,
  DescriptionList,
  QueryView,
  ReasonAction,
  Section,
  StatusBadge,
  Timestamp,
} from '../../../components/index.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';
import { ConsentDialog } from './consent-dialog.tsx';

type Reference = components['schemas']['Reference'];

const CONSENT_COLORS = { in_force: 'green', expired: 'gray', withdrawn: 'red' } as const;

function Actions({ reference: { id, consent, mediaType } }: { reference: Reference }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const [opened, { open, close }] = useDisclosure(false);
  const params = { path: { id } };
  const touches = [['references', tenantId]];
  return (
    <>
      {consent?.state !== 'in_force' && (
        <Button size="xs" onClick={open}>
          Record a consent
        </Button>
      )}
      {consent?.state === 'in_force' && (
        <ReasonAction
          label="Withdraw consent"
          title="Withdraw the consent"
          danger
          explains="The image is erased with it, and requests that name it are refused. Name nobody in the reason: it stays on record."
          command={{
            run: (reason) =>
              answerOf(
                api.DELETE('/v1/references/{id}/consent', {
                  params: { ...params, query: { reason } },
                }),
              ),
            done: 'The consent is withdrawn.',
            touches,
          }}
        />
      )}
      {mediaType !== null && (
        <ConfirmAction
          label="Erase"
          title={`Erase ${id}`}
          danger
          explains="Work that still needs it fails and is refunded. This cannot be undone."
          command={{
            run: () => answerOf(api.DELETE('/v1/references/{id}', { params })),
            done: 'The image is erased.',
            touches,
          }}
        />
      )}
      {opened && <ConsentDialog id={id} onClose={close} />}
    </>
  );
}

function Consent({ reference: { consent } }: { reference: Reference }) {
  if (consent === null) {
    return (
      <Text size="sm">No consent is on record: fine as long as nobody real can be recognised.</Text>
    );
  }
  return (
    <DescriptionList
      items={[
        [
          'Consent',
          <StatusBadge key="state" status={consent.state} color={CONSENT_COLORS[consent.state]} />,
        ],
        ['Rests on', consent.basis.replaceAll('_', ' ')],
        ['Person', consent.person],
        ['Statement', consent.statement],
        ['Document', consent.document],
        ['Given', <Timestamp key="given" at={consent.grantedAt} />],
        ['Holds until', <Timestamp key="until" at={consent.expiresAt} />],
      ]}
    />
  );
}

/** One uploaded image and its consent. */
export function ReferenceCard({ id }: { id: string }) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const mayWrite = useHasRole('developer');
  const query = useQuery({
    queryKey: ['references', tenantId, id],
    queryFn: () => answerOf(api.GET('/v1/references/{id}', { params: { path: { id } } })),
  });
  return (
    <QueryView query={query}>
      {(reference) => (
        <Section title="Reference" actions={mayWrite && <Actions reference={reference} />}>
          <Stack>
            <CopyableId id={id} whole />
            <Text size="sm">
              {reference.mediaType === null
                ? 'The image is erased.'
                : `${reference.mediaType}, ${reference.bytes} bytes`}
            </Text>
            <Consent reference={reference} />
          </Stack>
        </Section>
      )}
    </QueryView>
  );
}
