import { Button, type ButtonProps, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { type CommandOptions, useCommand } from '../api/use-command.ts';
import { ReasonDialog } from './reason-dialog.tsx';

interface ReasonActionProps<Answer> extends Omit<ButtonProps, 'children' | 'onClick'> {
  /** The verb, on the button that asks and on the one that does. */
  readonly label: string;
  /** Says it of what: `Freeze studio`. */
  readonly title: string;
  /** What will happen, and whether it can be undone. */
  readonly explains: ReactNode;
  readonly danger?: boolean;
  /** Keeps what else was asked for from being sent unfinished. */
  readonly unfinished?: boolean;
  /** Further fields of the dialog. */
  readonly children?: ReactNode;
  readonly command: CommandOptions<string, Answer>;
}

type DialogProps<Answer> = Pick<
  ReasonActionProps<Answer>,
  'label' | 'title' | 'explains' | 'danger' | 'unfinished' | 'children' | 'command'
> & { readonly onClose: () => void };

function ActionDialog<Answer>(props: DialogProps<Answer>) {
  const { label, title, explains, danger, unfinished, children, command, onClose } = props;
  const { mutate, isPending, error } = useCommand({
    ...command,
    onDone: (answer) => {
      command.onDone?.(answer);
      onClose();
    },
  });
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={title}
      confirmLabel={label}
      danger={danger}
      disabled={unfinished}
      isPending={isPending}
      error={error}
      onConfirm={(reason) => mutate(reason)}
    >
      <Text component="div" size="sm">
        {explains}
      </Text>
      {children}
    </ReasonDialog>
  );
}

/** A button whose deed wants a reason: says what it does, asks why, does it and says that it was done. */
export function ReasonAction<Answer>(props: ReasonActionProps<Answer>) {
  const { label, title, explains, danger, unfinished, children, command, ...button } = props;
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" {...button} onClick={open}>
        {label}
      </Button>
      {opened && (
        <ActionDialog {...{ label, title, explains, danger, unfinished, command }} onClose={close}>
          {children}
        </ActionDialog>
      )}
    </>
  );
}
