import { type Invitation, invitationPath, type OpenInvitation } from '@imprest/application';

export function shownInvitation({ invitationId: id, email, role, expiresAt }: OpenInvitation) {
  return { id, email, role, expiresAt };
}

/** @param base of absolute URLs */
export function newInvitation({ token, ...invitation }: Invitation, base: string) {
  return { ...shownInvitation(invitation), link: `${base}${invitationPath(token)}` };
}
