import {
  ActionIcon,
  Autocomplete,
  NumberInput,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconDice5 } from '@tabler/icons-react';
import { randomSeed } from '../../playground/seeds.ts';
import { CharacterSelect } from './character-select.tsx';
import type { FieldInputProps } from './field-input-props.ts';

function TextField({ field, value, onChange }: FieldInputProps) {
  const { kind, label, help, isRequired, maxLength } = field;
  const shared = { label, description: help, required: isRequired, maxLength };
  const taken = (event: { currentTarget: { value: string } }) =>
    onChange(event.currentTarget.value);
  if (kind === 'text') return <TextInput {...shared} value={String(value)} onChange={taken} />;
  const minRows = kind === 'longText' ? 3 : 2;
  return (
    <Textarea
      {...shared}
      autosize
      minRows={minRows}
      maxRows={12}
      value={String(value)}
      onChange={taken}
    />
  );
}

function RandomSeed({ onSeed }: { onSeed: (seed: number) => void }) {
  return (
    <ActionIcon
      variant="subtle"
      aria-label="Take a random seed"
      onClick={() => onSeed(randomSeed())}
    >
      <IconDice5 size={18} aria-hidden />
    </ActionIcon>
  );
}

function NumberField({ field, value, onChange }: FieldInputProps) {
  const { label, help, isRequired, min, max, step, kind } = field;
  return (
    <NumberInput
      label={label}
      description={help}
      required={isRequired}
      min={min}
      max={max}
      step={step}
      allowDecimal={step !== undefined && step < 1}
      value={typeof value === 'boolean' ? '' : value}
      onChange={(next) => onChange(next)}
      hideControls={kind === 'seed'}
      rightSection={kind === 'seed' ? <RandomSeed onSeed={onChange} /> : undefined}
    />
  );
}

function ChoiceField({ field, value, onChange }: FieldInputProps) {
  const { kind, label, help, isRequired, choices = [], initial } = field;
  const shared = { label, description: help, required: isRequired, data: [...choices] };
  if (kind === 'suggestion') {
    return <Autocomplete {...shared} value={String(value)} onChange={onChange} />;
  }
  return (
    <Select
      {...shared}
      placeholder="As the model does"
      clearable={initial === undefined}
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      value={value === '' ? null : String(value)}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

/** The input that suits a field. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange } = props;
  switch (field.kind) {
    case 'number':
    case 'seed':
      return <NumberField {...props} />;
    case 'choice':
    case 'suggestion':
      return <ChoiceField {...props} />;
    case 'character':
      return <CharacterSelect {...props} />;
    case 'flag':
      return (
        <Switch
          label={field.label}
          description={field.help}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    default:
      return <TextField {...props} />;
  }
}
