import { expect, test } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { enrol } from '../../support/factor.ts';
import { buildPerson, TEST_PASSWORD } from '../../support/factories.ts';

const api = await makeTestApi({ settings: { BIHUAN_URL: 'https://jx.city.invalid' } });

test('S20 with https every cookie is bound to this host, and neither scripts nor other sites send it', async () => {
  const person = await buildPerson(api.prisma);
  const client = api.anonymous();
  const first = await client.signIn(person.username, TEST_PASSWORD);
  const shape = /^__Host-bihuan_\w+=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/;
  expect(first.headers.getSetCookie()).toEqual([expect.stringMatching(shape)]);
  await enrol(client, TEST_PASSWORD, api.clock.now());
  const asked = await api.anonymous().signIn(person.username, TEST_PASSWORD);
  expect(asked.headers.getSetCookie()).toEqual([expect.stringMatching(shape)]);
  const out = await client.delete('/session');
  expect(out.headers.get('clear-site-data')).toContain('"cache"');
  expect(out.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-bihuan_session=; Path=\/; Expires=Thu, 01 Jan 1970/),
  ]);
});
