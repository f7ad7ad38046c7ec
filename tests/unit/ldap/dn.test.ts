import { expect, test } from 'vitest';
import { above, dnKey, partsOf } from '../../../server/ldap/dn.ts';

test('two spellings of one place are equal', () => {
  const spellings = [
    'CN=Lin\\, Wei (\\*) \\\\ 林,OU=gaj,DC=city',
    'cn = Lin\\2C Wei \\28*\\29 \\5c \\e6\\9e\\97 , ou = GAJ , dc=city',
    'cn=lin\\, wei \\(\\2A) \\5C 林;ou=gaj;dc=CITY',
  ];
  expect(new Set(spellings.map(dnKey)).size).toBe(1);
  expect(partsOf(spellings[0] as string)).toEqual(['cn=lin, wei (*) \\ 林', 'ou=gaj', 'dc=city']);
});

test('places that only look alike are not', () => {
  expect(dnKey('cn=a\\,ou=b,dc=c')).not.toBe(dnKey('cn=a,ou=b,dc=c'));
  expect(dnKey('cn=a\\ ,dc=c')).not.toBe(dnKey('cn=a ,dc=c'));
  expect(dnKey('')).toBe('[]');
});

test('above an entry stand its places, the nearest first', () => {
  expect(above('uid=x,ou=A-1,ou=A,dc=city')).toEqual([
    dnKey('ou=a-1,ou=a,dc=city'),
    dnKey('ou=A,dc=city'),
    dnKey('DC=city'),
  ]);
});
