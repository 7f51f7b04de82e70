import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type Character, useCharacters } from '../characters/use-characters.ts';
import { useGeneration } from '../generations/use-generation.ts';
import type { SearchParams } from '../search-params.ts';
import { useSignedIn } from '../session/use-session.ts';
import { type DialectName, isDialectName, type OutputKind } from './dialects.ts';
import { type FieldValue, type FormValues, initialValues } from './form-field.ts';
import { formOf } from './forms.ts';
import { kindOf, type Model } from './model.ts';
import { remixValues } from './remix.ts';
import type { Asked } from './request.ts';
import { useModels } from './use-models.ts';

/** What the character dialect makes clips with, where it is sold. */
const CHARACTER_VIDEO = 'character-motion';

/** The model that the character dialect chooses: the character's own, or the one for clips. */
function modelOfCharacter(
  models: readonly Model[],
  kind: OutputKind,
  character: Character | undefined,
): Model | null {
  const name = kind === 'video' ? CHARACTER_VIDEO : character?.model_id;
  return models.find(({ id }) => id === name) ?? null;
}

/** The model that is named, else the first one for images. */
function chosenModel(models: readonly Model[], name: string | undefined): Model | null {
  const named = models.find(({ id }) => id === name);
  return named ?? models.find((each) => kindOf(each) === 'image') ?? null;
}

/** Values of the form that are kept from one dialect or model to the next; begun with a generation to remix. */
function useKeptValues(
  remixed: string | undefined,
  character: string | undefined,
  onModel: (name: string) => void,
) {
  const { email } = useSignedIn().user;
  const [kept, setKept] = useState<FormValues>({
    endUserEmail: email,
    user: email,
    character_id: character ?? '',
  });
  const { data, error } = useGeneration(remixed ?? '', remixed !== undefined);
  const source = data?.requestId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each generation, not whenever it is fetched anew
  useEffect(() => {
    if (data === undefined) return;
    setKept((values) => ({ ...values, ...remixValues(data) }));
    onModel(data.model);
  }, [source]);
  return { kept, setKept, error };
}

/** What the form of the playground asks for; dialect and model are in the address. */
export function useForm() {
  const search: SearchParams = useSearch({ strict: false });
  const navigate = useNavigate();
  const go = (next: Record<string, string | undefined>) =>
    void navigate({ to: '.', search: next as never, replace: true });
  const dialect: DialectName = isDialectName(search.dialect) ? search.dialect : 'xmode';
  const models = useModels(dialect);
  const remixing = useKeptValues(search.from, search.character, (model) => go({ model }));
  const isCharacters = dialect === 'xavira';
  const { data: characters = [] } = useCharacters(isCharacters);
  const wanted: OutputKind = search.kind === 'video' ? 'video' : 'image';
  const named = remixing.kept.character_id;
  const character = characters.find(({ character_id }) => character_id === named);
  const model = isCharacters
    ? modelOfCharacter(models.data ?? [], wanted, character)
    : chosenModel(models.data ?? [], search.model);
  const kind = isCharacters || model === null ? wanted : kindOf(model);
  const fields = formOf(dialect, model, kind);
  const values = initialValues(fields, remixing.kept);
  const asked: Asked = {
    dialect,
    kind,
    model: isCharacters ? null : (model?.id ?? null),
    fields,
    values,
  };
  return {
    asked,
    target: { dialect, kind, model },
    models,
    remixError: remixing.error,
    setTarget: (target: Record<string, string | undefined>) => go(target),
    setValue: (name: string, value: FieldValue) =>
      remixing.setKept((all) => ({ ...all, [name]: value })),
    /** Makes the form ask for what a run asked for. */
    takeOver: (run: Asked) => {
      remixing.setKept((all) => ({ ...all, ...run.values }));
      go({ dialect: run.dialect, kind: run.kind, model: run.model ?? undefined });
    },
  };
}
