import type { Graph, InputValue } from './graph.js';
import type { NumberSlot, Slot, SlotName, Slots } from './slots.js';

/** What goes into the slots of a template: values, never a piece of a graph. */
export interface SlotValues extends Readonly<Partial<Record<SlotName, string | number>>> {
  /** Names of uploaded files. */
  readonly references: readonly string[];
}

/** A value breaks the rule of its slot. */
export class SlotRefusal extends Error {
  override readonly name = 'SlotRefusal';
}

/** The least value of the slot's steps that is not below. */
export function roundedUp({ step, offset }: NumberSlot, value: number): number {
  return step === 0 ? value : Math.ceil((value - offset) / step) * step + offset;
}

function checkedNumber(slot: NumberSlot, name: string, value: string | number): number {
  const { type, least, most } = slot;
  const isWhole = type === 'decimal' || Number.isInteger(value);
  if (typeof value !== 'number' || !Number.isFinite(value) || !isWhole) {
    throw new SlotRefusal(`${name} is ${value}, must be a ${type} number`);
  }
  if (value < least || value > most) {
    throw new SlotRefusal(`${name} is ${value}, must be from ${least} to ${most}`);
  }
  return roundedUp(slot, value);
}

function checked(slot: Slot, name: string, value: string | number): string | number {
  if (slot.type !== 'text') return checkedNumber(slot, name, value);
  if (typeof value !== 'string') throw new SlotRefusal(`${name} must be a text`);
  if (value.length > slot.mostCharacters) {
    throw new SlotRefusal(`${name} is over ${slot.mostCharacters} characters`);
  }
  return value;
}

/**
 * A copy of the workflow with the values in their slots. What has no slot is left out, and a slot without a value
 * takes the operator's.
 * @throws SlotRefusal that names the slot and the rule
 */
export function filledGraph(graph: Graph, slots: Slots, values: SlotValues): Graph {
  const filled = structuredClone(graph) as Record<string, { inputs: Record<string, InputValue> }>;
  const put = (slot: Slot, name: string, value: string | number) => {
    const right = checked(slot, name, value);
    for (const { node, input } of slot.targets)
      (filled[node] as (typeof filled)[string]).inputs[input] = right;
  };
  const { references, ...named } = slots;
  if (values.references.length !== references.length) {
    const count = `${values.references.length} references`;
    throw new SlotRefusal(`there are ${count}, must be ${references.length}`);
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
