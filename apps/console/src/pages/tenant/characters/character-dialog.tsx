import { Autocomplete, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answerOf, useTenantApi } from '../../../api/clients.ts';
import { useCommand } from '../../../api/use-command.ts';
import { traitChanges, traitLines, traitsOf } from '../../../characters/traits.ts';
import type { Character } from '../../../characters/use-characters.ts';
import { Dialog } from '../../../components/dialog.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { kindOf } from '../../../playground/model.ts';
import { useModels } from '../../../playground/use-models.ts';
import { useTenantId } from '../../../session/use-tenant.ts';

interface CharacterDialogProps {
  /** The one to change; null to make one. */
  readonly character: Character | null;
  readonly onClose: () => void;
}

interface Draft {
  readonly model: string;
  readonly name: string;
  readonly traits: string;
}

function useSave({ character, onClose }: CharacterDialogProps) {
  const tenantId = useTenantId();
  const api = useTenantApi();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  return useCommand({
    run: async ({ model, name, traits }: Draft) => {
      const given = traitsOf(traits);
      if (character === null) {
        const params = { header: { 'Idempotency-Key': idempotencyKey } };
        const body = { model_id: model, name, traits: given as Record<string, never> };
        return answerOf(api.POST('/v1/characters', { params, body }));
      }
      const params = { path: { character_id: character.character_id } };
      const changes = traitChanges(character.traits, given) as Record<string, never>;
      return answerOf(
        api.PATCH('/v1/characters/{character_id}', { params, body: { name, traits: changes } }),
      );
    },
    done: character === null ? 'Character created' : 'Character changed',
    touches: [['characters', tenantId]],
    onDone: onClose,
  });
}

function Fields({
  draft,
  isNew,
  onChange,
}: {
  readonly draft: Draft;
  readonly isNew: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}) {
  const { data: models = [] } = useModels('xavira');
  const images = models.filter((each) => kindOf(each) === 'image').map(({ id }) => id);
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={100}
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Autocomplete
        label="Model"
        description="Makes all of its pictures, and stays."
        required
        disabled={!isNew}
        data={images}
        value={draft.model}
        onChange={(model) => onChange({ model })}
      />
      <Textarea
        label="Traits"
        description="One a line as name: value. Characters are fictional adults: age, in whole years, is needed."
        required
        autosize
        minRows={5}
        value={draft.traits}
        onChange={(event) => onChange({ traits: event.currentTarget.value })}
      />
    </>
  );
}

/** Makes a character, or changes its name and traits. */
export function CharacterDialog(props: CharacterDialogProps) {
  const { character, onClose } = props;
  const [draft, setDraft] = useState<Draft>({
    model: character?.model_id ?? '',
    name: character?.name ?? '',
    traits: traitLines(character?.traits ?? { age: 30 }),
  });
  const { mutate, isPending, error } = useSave(props);
  return (
    <Dialog
      onClose={onClose}
      title={character === null ? 'Create a character' : `Change ${character.name}`}
    >
      <DialogForm
        submitLabel={character === null ? 'Create' : 'Change'}
        isPending={isPending}
        error={error}
        onSubmit={() => mutate(draft)}
        onClose={onClose}
      >
        <Fields
          draft={draft}
          isNew={character === null}
          onChange={(change) => setDraft((all) => ({ ...all, ...change }))}
        />
      </DialogForm>
    </Dialog>
  );
}
