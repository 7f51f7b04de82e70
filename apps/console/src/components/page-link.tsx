import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type Props = AnchorProps & Omit<ComponentPropsWithRef<'a'>, keyof AnchorProps>;

const Underlined = (props: Props) => <Anchor size="sm" {...props} />;

/** A link to a page of the console with its search parameters, checked by the router. */
export const PageLink = createLink(Underlined);
