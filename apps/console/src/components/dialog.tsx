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

/** A modal that is there for as long as it is rendered. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  useReturnedFocus();
  return <Modal opened returnFocus={false} {...props} />;
}
