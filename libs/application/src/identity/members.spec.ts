import { byTest, type IdentityScenario, identityScenario } from '@imprest/testkit';
import { beforeEach, describe, expect, test } from 'vitest';

const refusal = (code: string) => ({ error: { code } });
const password = 'mist over the water';

let scene: IdentityScenario;
let ada: string;
let adaId: string;
let tenantId: string;

const invite = (email = 'Grace@example.org') =>
  scene.members.invite(tenantId, { email, role: 'developer' }, byTest);
const accept = (token: string, typed?: string, session?: string) =>
  scene.invitations.accept(token, typed, scene.visit(session));

beforeEach(async () => {
  scene = identityScenario();
  const person = { tenantName: 'Atlas', email: 'ada@example.org', password };
  ({ token: ada } = await scene.signingUp.signUp(person, 0n, scene.visit()));
  const session = await scene.sessions.of(ada);
  adaId = session?.userId as string;
  tenantId = session?.memberships[0]?.tenantId as string;
});

describe('an invitation', () => {
  test('makes an account for who has none, once', async () => {
    const { token } = await invite();
    const opened = await accept(token, password);
    const session = await scene.sessions.of(opened?.token ?? '');
    expect(session).toMatchObject({
      email: 'grace@example.org',
      memberships: [{ tenantId, role: 'developer' }],
    });
    await expect(accept(token, password)).rejects.toMatchObject(refusal('not_found'));
  });

  test('makes one member, however many accept at once', async () => {
    const { token } = await invite();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => accept(token, password)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const roles = (await scene.members.list(tenantId)).map(({ role }) => role);
    expect(roles.filter((role) => role === 'developer').length).toBe(1);
  });

  test('says what it is about to who has its link, and to nobody when it is gone', async () => {
    const { token, invitationId, expiresAt } = await invite();
    const read = () => scene.invitations.read(token, scene.visit());
    const terms = { tenantId, role: 'developer', email: 'grace@example.org', expiresAt };
    expect(await read()).toEqual(terms);
    await scene.members.withdraw(tenantId, invitationId, 'typo', byTest);
    await expect(read()).rejects.toMatchObject(refusal('not_found'));
  });

  test('asks for the password of an account that is there', async () => {
    const elsewhere = { tenantName: 'Meridian', email: 'grace@example.org', password };
    await scene.signingUp.signUp(elsewhere, 0n, scene.visit());
    const { token } = await invite();
    await expect(accept(token)).rejects.toMatchObject(refusal('unauthorized'));
    await expect(accept(token, 'not her password')).rejects.toMatchObject(refusal('unauthorized'));
    const opened = await accept(token, password);
    expect((await scene.sessions.of(opened?.token ?? ''))?.memberships).toHaveLength(2);
  });

  test('is for whoever is signed in', async () => {
    const elsewhere = { tenantName: 'Meridian', email: 'linus@example.org', password };
    const { token: session } = await scene.signingUp.signUp(elsewhere, 0n, scene.visit());
    expect(await accept((await invite()).token, undefined, session)).toBeUndefined();
    expect((await scene.sessions.of(session))?.memberships).toHaveLength(2);
  });

  test('is of no use to who is disabled, and is not spent on them', async () => {
    const elsewhere = { tenantName: 'Meridian', email: 'grace@example.org', password };
    await scene.signingUp.signUp(elsewhere, 0n, scene.visit());
    const { userId } = await scene.users.find('grace@example.org');
    await scene.users.disable(userId, 'left', byTest);
    const { token, invitationId } = await invite();
    await expect(accept(token, password)).rejects.toMatchObject(refusal('forbidden'));
    expect(await scene.members.list(tenantId)).toHaveLength(1);
    expect(await scene.members.invitations(tenantId)).toMatchObject([{ invitationId }]);
    await scene.users.enable(userId, 'came back', byTest);
    expect((await accept(token, password))?.token).toBeDefined();
  });

  test('waits for the second factor of who has one', async () => {
    const elsewhere = { tenantName: 'Meridian', email: 'grace@example.org', password };
    const { token: grace } = await scene.signingUp.signUp(elsewhere, 0n, scene.visit());
    const { secret } = await scene.secondFactor.begin(password, scene.visit(grace));
    const code = () => scene.codes.codeAt(secret, scene.clock.now());
    await scene.secondFactor.confirm(code(), scene.visit(grace));
    scene.clock.advance(30_000);
    const { token } = await invite();
    const pending = await accept(token, password);
    expect(pending?.secondFactorPending).toBe(true);
    expect(await scene.members.list(tenantId)).toHaveLength(1);
    await expect(accept(token, undefined, pending?.token)).rejects.toMatchObject(
      refusal('unauthorized'),
    );
    const shown = await scene.secondFactor.show(code(), scene.visit(pending?.token));
    expect(await accept(token, undefined, shown.token)).toBeUndefined();
    expect(await scene.members.list(tenantId)).toHaveLength(2);
  });

  test('is listed until it is accepted, withdrawn or over, without its token', async () => {
    const [one, other] = [await invite(), await invite('linus@example.org')];
    const ids = async () =>
      (await scene.members.invitations(tenantId)).map(({ invitationId }) => invitationId);
    expect(await ids()).toEqual([one.invitationId, other.invitationId]);
    expect(JSON.stringify(await scene.members.invitations(tenantId))).not.toContain(one.token);
    await accept(one.token, password);
    expect(await ids()).toEqual([other.invitationId]);
    scene.clock.advance(7 * 24 * 3_600_000);
    expect(await ids()).toEqual([]);
    await expect(accept(other.token, password)).rejects.toMatchObject(refusal('not_found'));
  });

  test('that was withdrawn is of no use', async () => {
    const { token, invitationId } = await invite();
    await scene.members.withdraw(tenantId, invitationId, 'typo', byTest);
    await expect(accept(token, password)).rejects.toMatchObject(refusal('not_found'));
  });

  test('of another tenant cannot be withdrawn', async () => {
    const { invitationId } = await invite();
    const foreign = scene.members.withdraw('ten_other', invitationId, 'mine', byTest);
    await expect(foreign).rejects.toMatchObject(refusal('not_found'));
  });

  test('is made 200 times a day, those withdrawn among them, and is another tenant’s matter there', async () => {
    for (let made = 0; made < 200; made += 1) {
      const { invitationId } = await invite(`guest${made}@example.org`);
      await scene.members.withdraw(tenantId, invitationId, 'again', byTest);
    }
    await expect(invite()).rejects.toMatchObject(refusal('rate_limited'));
    const there = { email: 'grace@example.org', role: 'viewer' } as const;
    expect(await scene.members.invite('ten_other', there, byTest)).toHaveProperty('token');
    scene.clock.advance(24 * 3_600_000);
    expect(await invite()).toHaveProperty('token');
  });

  test('puts no address into the log', async () => {
    await accept((await invite()).token, password);
    expect(JSON.stringify(scene.log.events.map(({ data }) => data))).not.toContain('grace');
  });
});

test('the last owner neither goes nor becomes anything else', async () => {
  const changes = [
    scene.members.remove(tenantId, adaId, 'left', byTest),
    scene.members.changeRole(tenantId, adaId, 'viewer', byTest),
  ];
  for (const change of changes) await expect(change).rejects.toMatchObject(refusal('conflict'));
});

describe('operators', () => {
  test('come by a link, once, in the roles they were given', async () => {
    const wanted = { email: 'Kim@example.org', roles: ['finance'] } as const;
    const { userId, link } = await scene.users.inviteOperator(wanted, 'new desk', byTest);
    const { token } = await scene.signingIn.byLink(link.token, scene.visit());
    expect(await scene.sessions.of(token)).toMatchObject({ userId, operatorRoles: ['finance'] });
    await expect(scene.signingIn.byLink(link.token, scene.visit())).rejects.toMatchObject(
      refusal('not_found'),
    );
  });

  test('may be operators already, with a password', async () => {
    const invited = { email: 'kim@example.org', roles: ['finance'] } as const;
    const { userId, link } = await scene.users.inviteOperator(invited, 'new desk', byTest);
    const { token } = await scene.signingIn.byLink(link.token, scene.visit());
    await scene.password.change({ newPassword: password }, scene.visit(token));
    const again = { ...invited, roles: ['owner'] } as const;
    expect((await scene.users.inviteOperator(again, 'runs it', byTest)).userId).toBe(userId);
    expect(await scene.users.find(userId)).toMatchObject({ operatorRoles: ['owner'] });
  });

  test('may be users without a password already', async () => {
    const external = {
      issuer: 'https://id.example.org',
      subject: '4711',
      secondFactorShown: false,
    };
    const person = { tenantName: 'Meridian', email: 'linus@example.org', password: null, external };
    const { token } = await scene.signingUp.signUp(person, 0n, scene.visit());
    const linus = await scene.sessions.of(token);
    const wanted = { email: 'linus@example.org', roles: ['owner'] } as const;
    const { userId } = await scene.users.inviteOperator(wanted, 'runs it', byTest);
    expect(userId).toBe(linus?.userId);
  });

  test('are nobody who took the address beforehand, until roles are given by id', async () => {
    await accept((await invite()).token, password);
    for (const email of ['ada@example.org', 'grace@example.org']) {
      const attempt = scene.users.inviteOperator({ email, roles: ['owner'] }, 'runs it', byTest);
      await expect(attempt).rejects.toMatchObject(refusal('conflict'));
      expect(await scene.users.find(email)).toMatchObject({ operatorRoles: [] });
    }
    await scene.users.assignRoles(adaId, ['owner'], 'asked her', byTest);
    expect(await scene.users.find(adaId)).toMatchObject({ operatorRoles: ['owner'] });
  });

  test('neither disable themselves nor give up being owner alone', async () => {
    const herself = { ...byTest, actor: { kind: 'user', id: adaId } } as const;
    const attempts = [
      scene.users.disable(adaId, 'bye', herself),
      scene.users.assignRoles(adaId, ['finance'], 'less', herself),
    ];
    for (const attempt of attempts) {
      await expect(attempt).rejects.toMatchObject(refusal('conflict'));
    }
  });

  test('have a first one, whose latest link alone works, for fifteen minutes', async () => {
    const first = await scene.users.firstOperatorLink(byTest);
    const second = await scene.users.firstOperatorLink(byTest);
    expect(second?.userId).toBe(first?.userId);
    const redeem = (token = '') => scene.signingIn.byLink(token, scene.visit());
    await expect(redeem(first?.token)).rejects.toMatchObject(refusal('not_found'));
    expect(await scene.sessions.of((await redeem(second?.token)).token)).toMatchObject({
      operatorRoles: ['owner'],
    });
    const third = await scene.users.firstOperatorLink(byTest);
    scene.clock.advance(15 * 60_000);
    await expect(redeem(third?.token)).rejects.toMatchObject(refusal('not_found'));
    await scene.users.disable(first?.userId ?? '', 'not needed', byTest);
    expect(await scene.users.firstOperatorLink(byTest)).toBeUndefined();
  });

  test('make 20 links an hour for somebody, while starting the product makes as many as it takes', async () => {
    for (let made = 0; made < 20; made += 1) await scene.users.link(adaId, byTest);
    await expect(scene.users.link(adaId, byTest)).rejects.toMatchObject(refusal('rate_limited'));
    for (let made = 0; made < 25; made += 1) {
      expect(await scene.users.firstOperatorLink(byTest)).toBeDefined();
    }
    scene.clock.advance(3_600_000);
    expect(await scene.users.link(adaId, byTest)).toHaveProperty('token');
  });

  test('keep the address of the first one for it', async () => {
    const email = 'Operator@imprest.localhost';
    const person = { tenantName: 'Meridian', email, password };
    const attempts = [scene.signingUp.signUp(person, 0n, scene.visit()), invite(email)];
    for (const attempt of attempts) {
      await expect(attempt).rejects.toMatchObject(refusal('conflict'));
    }
    const first = await scene.users.firstOperatorLink(byTest);
    expect(await scene.users.find(first?.userId ?? '')).toMatchObject({ operatorRoles: ['owner'] });
  });

  test('get no link to an account that somebody else made under that address', async () => {
    const ada = await scene.store.users.byEmail('ada@example.org');
    scene.store.users.byEmail = async () => ada;
    expect(await scene.users.firstOperatorLink(byTest)).toBeUndefined();
    expect(scene.facts(`user-${adaId}`)).not.toContain('OperatorRolesAssigned');
    expect(scene.facts(`user-${adaId}`)).not.toContain('SignInLinkIssued');
  });

  test('a link of an invitation signs nobody in', async () => {
    const { token } = await invite();
    await expect(scene.signingIn.byLink(token, scene.visit())).rejects.toMatchObject(
      refusal('not_found'),
    );
    expect((await accept(token, password))?.token).toBeDefined();
  });
});
