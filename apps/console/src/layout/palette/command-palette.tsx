import '@mantine/spotlight/styles.css';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconArrowRight, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { SignedIn } from '../../session/session.ts';
import { navigationOf } from '../navigation/navigation.ts';
import type { Jump } from './jumps.ts';
import { useJumps } from './use-jumps.ts';

const [store, spotlight] = createSpotlight();

type Go = (jump: Pick<Jump, 'to' | 'search'>) => void;

const pagesOf = (session: SignedIn, tenantId: string | undefined, go: Go) =>
  navigationOf(session, tenantId).map(({ title, items }) => ({
    group: title,
    actions: items.map((item) => ({
      id: item.to,
      label: item.label,
      keywords: [...(item.keywords ?? [])],
      leftSection: <item.icon size={18} aria-hidden />,
      onClick: () => go(item),
    })),
  }));

/** What was found matches whatever was typed: the palette must not sift it once more. */
const foundGroup = (jumps: readonly Jump[], typed: string, go: Go): SpotlightActionGroupData => ({
  group: 'Found',
  actions: jumps.map((jump) => ({
    id: `${jump.to}?${jump.label}`,
    label: jump.label,
    keywords: [typed],
    leftSection: <IconArrowRight size={18} aria-hidden />,
    onClick: () => go(jump),
  })),
});

interface CommandPaletteProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly session: SignedIn;
  readonly tenantId: string | undefined;
}

/** Goes to a page by its name, and to anything by its id. */
export default function CommandPalette(props: CommandPaletteProps) {
  const { opened, onClose, session, tenantId } = props;
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const { jumps, isLooking } = useJumps(session, tenantId, typed);
  useEffect(() => {
    if (opened) spotlight.open();
  }, [opened]);
  const close = () => {
    setTyped('');
    onClose();
  };
  const go: Go = ({ to, search }) => void navigate({ to, search: search as never });
  const found = jumps.length === 0 ? [] : [foundGroup(jumps, typed, go)];
  return (
    <Spotlight
      store={store}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      actions={[...found, ...pagesOf(session, tenantId, go)]}
      onSpotlightClose={close}
      nothingFound={isLooking ? 'Looking…' : 'There is no such page, and nothing goes by that id.'}
      attributes={{ content: { 'aria-label': 'Find a page or an id' } }}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Page or id',
        'aria-label': 'Page or id',
      }}
    />
  );
}
