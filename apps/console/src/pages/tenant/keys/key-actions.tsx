import { ActionIcon, Menu } from '@mantine/core';
import { IconCoins, IconDots, IconRefresh, IconTrash } from '@tabler/icons-react';
import { type ApiKey, keyStateOf } from './key-state.ts';

export type KeyAction = 'budget' | 'rotate' | 'revoke';

interface KeyActionsProps {
  readonly apiKey: ApiKey;
  readonly onChoose: (action: KeyAction) => void;
}

/** What can be done with a key that still works. */
export function KeyActions({ apiKey, onChoose }: KeyActionsProps) {
  const state = keyStateOf(apiKey, new Date());
  if (state === 'revoked' || state === 'expired') return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${apiKey.name}`}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconCoins size={16} aria-hidden />}
          onClick={() => onChoose('budget')}
        >
          Budget
        </Menu.Item>
        {state === 'active' && (
          <Menu.Item
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => onChoose('rotate')}
          >
            Rotate
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => onChoose('revoke')}
        >
          Revoke
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
