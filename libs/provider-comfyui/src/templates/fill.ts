import { checkedValue, type RequestValues, ValueRefusal } from '@imprest/provider-http';
import type { Graph, InputValue } from './graph.js';
import type { Slot, SlotName, Slots } from './slots.js';

/** What goes into the slots of a template: values, never a piece of a graph. */
export interface SlotValues extends RequestValues {
  readonly filenamePrefix: string;
  /** Names of uploaded files. */
  readonly references: readonly string[];
}

/**
 * A copy of the workflow with the values in their slots. What has no slot is left out, and a slot without a value
 * takes the operator's.
 * @throws ValueRefusal that names the slot and the rule
 */
export function filledGraph(graph: Graph, slots: Slots, values: SlotValues): Graph {
  const filled = structuredClone(graph) as Record<string, { inputs: Record<string, InputValue> }>;
  const put = (slot: Slot, name: string, value: string | number) => {
    const right = checkedValue(slot, name, value);
    for (const { node, input } of slot.targets)
      (filled[node] as (typeof filled)[string]).inputs[input] = right;
  };
  const { references, ...named } = slots;
  if (values.references.length !== references.length) {
    const count = `${values.references.length} references`;
    throw new ValueRefusal(`there are ${count}, must be ${references.length}`);
  }
  for (const [name, slot] of Object.entries(named) as [SlotName, Slot][]) {
    const value = values[name] ?? (slot.type === 'text' ? undefined : slot.value);
    if (value !== undefined) put(slot, name, value);
  }
  for (const [index, slot] of references.entries()) {
    put(slot, `reference image_${index + 1}`, values.references[index] as string);
  }
  return filled as unknown as Graph;
}
