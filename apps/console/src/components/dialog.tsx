import { Modal, type ModalProps } from '@mantine/core';
import { useEffect } from 'react';

/** Gives the focus back to where it was, or to the page when that is gone, once what has it now is gone. */
function useReturnedFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const to = before?.isConnected ? before : document.getElementById('page');
      if (to instanceof HTMLElement) to.focus({ preventScroll: true });
    };
  }, []);
}

interface DialogProps extends Omit<ModalProps, 'opened'> {
  /** It shows what is shown this once: a slip of the hand must not close it. */
  readonly holdsSecret?: boolean;
}

/** A modal that is there for as long as it is rendered. */
export function Dialog({ holdsSecret = false, ...props }: DialogProps) {
  useReturnedFocus();
  return (
    <Modal
      opened
      returnFocus={false}
      closeOnClickOutside={!holdsSecret}
      closeOnEscape={!holdsSecret}
      {...props}
    />
  );
}
