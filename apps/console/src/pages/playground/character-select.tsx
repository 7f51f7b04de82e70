import { Select } from '@mantine/core';
import { useCharacters } from '../../characters/use-characters.ts';
import { PageLink } from '../../components/index.ts';
import { useTenantId } from '../../session/use-tenant.ts';
import type { FieldInputProps } from './field-input-props.ts';

/** One of the tenant's characters. */
export function CharacterSelect({ field, value, onChange }: FieldInputProps) {
  const tenantId = useTenantId();
  const { data: characters = [], isSuccess } = useCharacters();
  const data = characters.map(({ character_id, name, model_id }) => ({
    value: character_id,
    label: `${name} (${model_id})`,
  }));
  return (
    <>
      <Select
        label={field.label}
        required
        searchable
        data={data}
        placeholder={data.length === 0 ? 'None yet' : 'Choose one'}
        value={value === '' ? null : String(value)}
        onChange={(next) => onChange(next ?? '')}
      />
      {isSuccess && data.length === 0 && (
        <PageLink to="/t/$tenantId/characters" params={{ tenantId }}>
          Create a character first
        </PageLink>
      )}
    </>
  );
}
