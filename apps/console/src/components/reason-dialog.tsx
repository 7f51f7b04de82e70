import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog.tsx';

interface ReasonDialogProps extends Omit<ConfirmDialogProps, 'onConfirm'> {
  readonly onConfirm: (reason: string) => void;
  readonly maxLength?: number;
}

/** Asks for a reason before something is done; it is kept with what was done. */
export function ReasonDialog({
  onConfirm,
  children,
  maxLength = 500,
  disabled = false,
  ...props
}: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const given = reason.trim();
  return (
    <ConfirmDialog
      {...props}
      disabled={disabled || given === ''}
      onConfirm={() => onConfirm(given)}
    >
      {children}
      <Textarea
        label="Reason"
        description="Kept for good with your name."
        required
        autosize
        minRows={2}
        maxLength={maxLength}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
