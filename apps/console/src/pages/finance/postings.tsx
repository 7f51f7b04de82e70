import { Text } from '@mantine/core';
import type { components } from '../../api/openapi.ts';
import { Money, PageLink, Tokens } from '../../components/index.ts';
import { shortAccount } from '../../finance/account-name.ts';
import classes from './postings.module.css';

export type Entry = components['schemas']['JournalPage']['entries'][number];

/** Lines of an entry: a debit is positive, a credit negative. */
export function Postings({ entry }: { entry: Entry }) {
  const { tenantId, postings } = entry;
  if (postings.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        moves no token
      </Text>
    );
  }
  return (
    <div className={classes.postings}>
      {postings.map(({ account, lotId, tokens, money }) => (
        <div key={`${account} ${lotId}`} className={classes.line}>
          <PageLink to="/finance/entries" search={{ tenantId, account }}>
            <span title={account}>{shortAccount(account)}</span>
          </PageLink>
          <Tokens value={tokens} />
          <span>{money && <Money {...money} />}</span>
        </div>
      ))}
    </div>
  );
}
