import { Button, type ButtonProps, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { type CommandOptions, useCommand } from '../api/use-command.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

interface ConfirmActionProps<Answer> extends Omit<ButtonProps, 'children' | 'onClick'> {
  /** The verb, on the button that asks and on the one that does. */
  readonly label: string;
  /** Says it of what: `Cancel req_…`. */
  readonly title: string;
  /** What will happen, and whether it can be undone. */
  readonly explains: ReactNode;
  readonly danger?: boolean;
  readonly command: CommandOptions<void, Answer>;
}

type DialogProps<Answer> = Pick<
  ConfirmActionProps<Answer>,
  'label' | 'title' | 'explains' | 'danger' | 'command'
> & { readonly onClose: () => void };

function ActionDialog<Answer>(props: DialogProps<Answer>) {
  const { label, title, explains, danger, command, onClose } = props;
  const { mutate, isPending, error } = useCommand({
    ...command,
    onDone: (answer) => {
      command.onDone?.(answer);
      onClose();
    },
  });
  const pending = { isPending, error, danger };
  return (
    <ConfirmDialog
      opened
      title={title}
      confirmLabel={label}
      onClose={onClose}
      onConfirm={() => mutate()}
      {...pending}
    >
      <Text component="div" size="sm">
        {explains}
      </Text>
    </ConfirmDialog>
  );
}

/** A button that asks before it does something, and says that it was done. */
export function ConfirmAction<Answer>(props: ConfirmActionProps<Answer>) {
  const { label, title, explains, danger, command, ...button } = props;
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" {...button} onClick={open}>
        {label}
      </Button>
      {opened && <ActionDialog {...{ label, title, explains, danger, command }} onClose={close} />}
    </>
  );
}
