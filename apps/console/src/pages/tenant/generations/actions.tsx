import { Button, CopyButton } from '@mantine/core';
import { IconAdjustments, IconRepeat, IconTerminal2 } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { answerOf, tenantBase, useTenantApi } from '../../../api/clients.ts';
import { ConfirmAction, DownloadLink } from '../../../components/index.ts';
import { curlOf } from '../../../exchange/curl.ts';
import { type Generation, isUnderWay } from '../../../generations/generation.ts';
import { repeatRequest } from '../../../generations/request-of.ts';
import { generationKey } from '../../../generations/use-generation.ts';
import { useHasRole, useTenantId } from '../../../session/use-tenant.ts';

type Props = { readonly generation: Generation };

function RerunButton({ generation: { requestId, cost } }: Props) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const navigate = useNavigate();
  // One for each generation that is shown: who presses twice asks once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another generation wants another key
  const idempotencyKey = useMemo(() => crypto.randomUUID(), [requestId]);
  return (
    <ConfirmAction
      label="Rerun"
      title={`Ask for ${requestId} again`}
      explains={`The same request, seed included. At the price of then it costs ${cost.xTokens} tokens.`}
      leftSection={<IconRepeat size={16} aria-hidden />}
      command={{
        run: () => {
          const params = { path: { id: requestId }, header: { 'Idempotency-Key': idempotencyKey } };
          return answerOf(api.POST('/v1/generations/{id}/rerun', { params, body: {} }));
        },
        done: 'Asked for again',
        touches: [['generations', tenantId]],
        onDone: (answer) =>
          void navigate({ to: `/t/${tenantId}/generations/${answer.requestId}` as '/' }),
      }}
    />
  );
}

function CurlButton({ generation }: Props) {
  const command = curlOf(repeatRequest(generation, crypto.randomUUID()), window.location.origin);
  return (
    <CopyButton value={command}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTerminal2 size={16} aria-hidden />}
          onClick={copy}
        >
          {copied ? 'Copied' : 'Copy as curl'}
        </Button>
      )}
    </CopyButton>
  );
}

function CancelButton({ generation: { requestId } }: Props) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  return (
    <ConfirmAction
      label="Cancel it"
      title={`Cancel ${requestId}`}
      explains="The work ends, and all of its tokens come back."
      command={{
        run: () =>
          answerOf(
            api.POST('/v1/generations/{id}/cancel', { params: { path: { id: requestId } } }),
          ),
        done: 'Cancelled and refunded',
        touches: [generationKey(tenantId, requestId), ['generations', tenantId]],
      }}
    />
  );
}

function EraseButton({ generation: { requestId } }: Props) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const navigate = useNavigate();
  return (
    <ConfirmAction
      label="Erase"
      title={`Erase ${requestId}`}
      danger
      explains="The keys of its prompt and images are destroyed: nobody can read them any more. The ledger keeps the amounts. This cannot be undone."
      command={{
        run: () =>
          answerOf(api.DELETE('/v1/generations/{id}', { params: { path: { id: requestId } } })),
        done: 'Erased',
        touches: [['generations', tenantId]],
        onDone: () => void navigate({ to: `/t/${tenantId}/generations` as '/' }),
      }}
    />
  );
}

/** What can be done with a generation, by who may. */
export function GenerationActions({ generation }: Props) {
  const tenantId = useTenantId();
  const mayAsk = useHasRole('developer');
  const { requestId, status } = generation;
  return (
    <>
      {mayAsk && <RerunButton generation={generation} />}
      {mayAsk && (
        <Button
          size="xs"
          variant="default"
          component={Link}
          to={`/t/${tenantId}/playground` as '/'}
          search={{ from: requestId } as never}
          leftSection={<IconAdjustments size={16} aria-hidden />}
        >
          Remix
        </Button>
      )}
      <CurlButton generation={generation} />
      <DownloadLink
        path={`${tenantBase(tenantId)}/v1/generations/${requestId}/proof`}
        filename={`charge-proof-${requestId}.json`}
      >
        Charge proof
      </DownloadLink>
      {mayAsk && isUnderWay(status) && <CancelButton generation={generation} />}
      {mayAsk && !isUnderWay(status) && <EraseButton generation={generation} />}
    </>
  );
}
