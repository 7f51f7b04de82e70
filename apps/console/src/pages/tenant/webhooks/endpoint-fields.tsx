import {
  Accordion,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import {
  schemes,
  type WebhookEvent,
  type WebhookScheme,
  webhookEvents,
} from '../../../webhooks/endpoint.ts';
import type { EndpointDraft } from '../../../webhooks/endpoint-draft.ts';

const ORDERINGS = [
  { value: 'none', label: 'None: fastest' },
  { value: 'generation', label: 'By generation: earlier messages about it go first' },
  { value: 'endpoint', label: 'All: each waits for the one before' },
];

interface EndpointFieldsProps {
  readonly draft: EndpointDraft;
  /** The scheme of an endpoint stays. */
  readonly isNew: boolean;
  readonly onChange: (change: Partial<EndpointDraft>) => void;
}

function Pace({ draft, onChange }: EndpointFieldsProps) {
  return (
    <Stack gap="sm">
      <Select
        label="Order"
        data={ORDERINGS}
        allowDeselect={false}
        value={draft.ordering}
        onChange={(value) => value && onChange({ ordering: value as EndpointDraft['ordering'] })}
      />
      <NumberInput
        label="Deliveries a second"
        description="As many as come when empty."
        min={1}
        max={1_000}
        allowDecimal={false}
        value={draft.perSecond}
        onChange={(value) => onChange({ perSecond: value === '' ? '' : Number(value) })}
      />
      <NumberInput
        label="Deliveries at a time"
        min={1}
        max={32}
        allowDecimal={false}
        value={draft.concurrency}
        onChange={(value) => onChange({ concurrency: value === '' ? '' : Number(value) })}
      />
      <TextInput
        label="Waits between attempts"
        description="Seconds, as 5, 300, 1800; the usual ones when empty."
        value={draft.retryDelays}
        onChange={(event) => onChange({ retryDelays: event.currentTarget.value })}
      />
      <Textarea
        label="Headers that go along"
        description="At most 8, one a line as x-name: value."
        autosize
        minRows={2}
        value={draft.headers}
        onChange={(event) => onChange({ headers: event.currentTarget.value })}
      />
    </Stack>
  );
}

/** Settings of an endpoint, those that are seldom touched folded away. */
export function EndpointFields(props: EndpointFieldsProps) {
  const { draft, isNew, onChange } = props;
  return (
    <>
      <TextInput
        label="URL"
        description="Public and https; judged when it is saved, and again at every connection."
        required
        type="url"
        maxLength={2_048}
        placeholder="https://example.com/hooks"
        value={draft.url}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
      {isNew && (
        <Select
          label="How deliveries are signed"
          description="It stays. Standard Webhooks suits most receivers."
          data={[...schemes]}
          allowDeselect={false}
          value={draft.scheme}
          onChange={(value) => value && onChange({ scheme: value as WebhookScheme })}
        />
      )}
      <MultiSelect
        label="Events"
        data={[...webhookEvents]}
        value={[...draft.events]}
        onChange={(events) => onChange({ events: events as WebhookEvent[] })}
      />
      <Accordion variant="contained">
        <Accordion.Item value="pace">
          <Accordion.Control>Order, pace and headers</Accordion.Control>
          <Accordion.Panel>
            <Pace {...props} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  );
}
