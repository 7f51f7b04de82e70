import { Fragment } from 'react';

/** The name of a type, `account.low_balance` or `AccountFrozen`, that breaks between its words where room is short. */
export function BreakableName({ name }: { name: string }) {
  let at = 0;
  return name.split(/(?<=\.)|(?=[A-Z])/).map((word) => {
    at += word.length;
    return (
      <Fragment key={at}>
        {word}
        <wbr />
      </Fragment>
    );
  });
}
