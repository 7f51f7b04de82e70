import { Select, SimpleGrid } from '@mantine/core';
import {
  type DialectName,
  dialectNames,
  dialects,
  type OutputKind,
} from '../../playground/dialects.ts';
import { kindOf, type Model } from '../../playground/model.ts';

export interface Target {
  readonly dialect: DialectName;
  readonly kind: OutputKind;
  readonly model: Model | null;
}

interface TargetPickerProps {
  readonly target: Target;
  readonly models: readonly Model[];
  readonly onChange: (target: { dialect: DialectName; kind?: OutputKind; model?: string }) => void;
}

const DIALECTS = dialectNames.map((name) => ({ value: name, label: dialects[name].label }));
const KINDS = [
  { value: 'image', label: 'Image of a character' },
  { value: 'video', label: 'Video of an image' },
];

function label(model: Model): string {
  return kindOf(model) === 'video' ? `${model.id} (video)` : model.id;
}

/** In whose words to ask, and what for. */
export function TargetPicker({ target, models, onChange }: TargetPickerProps) {
  const { dialect, kind, model } = target;
  const offered = models.filter((each) => kindOf(each) in dialects[dialect].paths);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label="Dialect"
        data={DIALECTS}
        value={dialect}
        allowDeselect={false}
        onChange={(value) => value && onChange({ dialect: value as DialectName })}
      />
      {dialect === 'xavira' ? (
        <Select
          label="What to make"
          data={KINDS}
          value={kind}
          allowDeselect={false}
          onChange={(value) => onChange({ dialect, kind: (value ?? 'image') as OutputKind })}
        />
      ) : (
        <Select
          label="Model"
          searchable
          data={offered.map((each) => ({ value: each.id, label: label(each) }))}
          value={model?.id ?? null}
          allowDeselect={false}
          onChange={(value) => value && onChange({ dialect, model: value })}
        />
      )}
    </SimpleGrid>
  );
}
