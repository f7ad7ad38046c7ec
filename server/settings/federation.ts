import { define, number, yesNo } from './define.ts';
import { address, clockTime, flag, pairs, roleGroups, secureAddress, whole, word, wordList } from './parsers.ts';

const OIDC = ['BIHUAN_OIDC_ISSUER'] as const;
const LDAP = ['BIHUAN_LDAP_URL'] as const;

/** Signing in at a provider of identities. */
export const oidcSettings = {
  oidcIssuer: define({
    name: 'BIHUAN_OIDC_ISSUER',
    needs: ['BIHUAN_URL', 'BIHUAN_OIDC_CLIENT_ID'],
    schema: secureAddress,
    text: {
      zh: '统一认证（OpenID Connect）的 issuer；缺省不启用',
      en: 'issuer of the provider of identities (OpenID Connect); without one there is none',
    },
    expects: {
      zh: 'https:// 开头的地址（http 只限本机）',
      en: 'an address starting with https:// (http for this machine only)',
    },
  }),
  oidcClientId: define({
    name: 'BIHUAN_OIDC_CLIENT_ID',
    needs: OIDC,
    schema: word,
    text: { zh: '本系统在统一认证处的 client id', en: 'what the provider knows this instance by' },
    expects: { zh: '文字', en: 'a text' },
  }),
  oidcClientSecret: define({
    name: 'BIHUAN_OIDC_CLIENT_SECRET',
    needs: OIDC,
    schema: word,
    secret: true,
    text: {
      zh: '本系统在统一认证处的密钥；缺省为公开客户端（只凭 PKCE）',
      en: 'the secret that goes with the client id; without one the client is public, with PKCE alone',
    },
    expects: { zh: '文字', en: 'a text' },
  }),
  oidcLabel: define({
    name: 'BIHUAN_OIDC_LABEL',
    schema: word,
    default: '统一认证登录 · Single sign-on',
    text: { zh: '登录页上按钮的文字', en: 'what the button of the sign-in page says' },
    expects: { zh: '文字', en: 'a text' },
  }),
  oidcScope: define({
    name: 'BIHUAN_OIDC_SCOPE',
    schema: word,
    default: 'openid profile email',
    text: { zh: '向统一认证请求的范围', en: 'what the provider is asked to tell' },
    expects: { zh: '以空格分隔，含 openid', en: 'words separated by spaces, openid among them' },
  }),
  oidcClaim: define({
    name: 'BIHUAN_OIDC_CLAIM',
    schema: word,
    default: 'preferred_username',
    text: {
      zh: '首次登录时用哪个声明认人：其值即用户名；email 则按已验证的邮箱',
      en: 'the claim that tells who somebody is the first time: its value is the user name; `email` for the verified mail address',
    },
    expects: { zh: '声明的名称', en: 'the name of a claim' },
  }),
  oidcCreateIn: define({
    name: 'BIHUAN_OIDC_CREATE_IN',
    schema: word,
    text: {
      zh: '首次登录的陌生人建在哪个单位（代码），不带任何角色；缺省不建',
      en: 'code of the unit in which people nobody knows yet are made, without roles; by default they are refused',
    },
    expects: { zh: '单位代码', en: 'the code of a unit' },
  }),
  oidcSecondFactor: define({
    name: 'BIHUAN_OIDC_SECOND_FACTOR',
    schema: wordList,
    default: '',
    text: {
      zh: '统一认证的哪些 amr 或 acr 值算作第二因子，逗号分隔；缺省都不算',
      en: 'values of amr or acr by which a second factor counts as shown at the provider, separated by commas; by default none does',
    },
    expects: { zh: '如 mfa,otp', en: 'such as mfa,otp' },
  }),
} as const;

/** People and organisations that a directory keeps. */
export const ldapSettings = {
  ldapUrl: define({
    name: 'BIHUAN_LDAP_URL',
    needs: ['BIHUAN_LDAP_BASE'],
    schema: address('ldap', 'ldaps'),
    text: {
      zh: '目录服务器（LDAP）；ldap:// 一律先 StartTLS；缺省不启用',
      en: 'server of the directory (LDAP); ldap:// always begins with StartTLS; without one there is none',
    },
    expects: { zh: 'ldaps:// 或 ldap:// 开头的地址', en: 'an address starting with ldaps:// or ldap://' },
  }),
  ldapCa: define({
    name: 'BIHUAN_LDAP_CA',
    needs: LDAP,
    schema: word,
    text: {
      zh: '目录服务器证书的签发者（PEM 文件）；缺省用系统信任的签发者',
      en: 'who signs the certificate of the directory (a PEM file); by default whom the system trusts',
    },
    expects: { zh: '文件路径', en: 'path of a file' },
  }),
  ldapBindDn: define({
    name: 'BIHUAN_LDAP_BIND_DN',
    needs: ['BIHUAN_LDAP_BIND_PASSWORD'],
    schema: word,
    text: { zh: '读取目录所用的账号', en: 'the account that reads the directory' },
    expects: { zh: 'DN', en: 'a DN' },
  }),
  ldapBindPassword: define({
    name: 'BIHUAN_LDAP_BIND_PASSWORD',
    needs: ['BIHUAN_LDAP_BIND_DN'],
    schema: word,
    secret: true,
    text: { zh: '该账号的密码', en: 'its password' },
    expects: { zh: '文字', en: 'a text' },
  }),
  ldapBase: define({
    name: 'BIHUAN_LDAP_BASE',
    needs: LDAP,
    schema: word,
    text: { zh: '人员与单位所在的目录节点', en: 'below which people and organisations stand' },
    expects: { zh: 'DN', en: 'a DN' },
  }),
  ldapFilter: define({
    name: 'BIHUAN_LDAP_FILTER',
    schema: word,
    default: '(objectClass=inetOrgPerson)',
    text: { zh: '哪些条目是人员', en: 'which entries are people' },
    expects: { zh: 'LDAP 过滤式', en: 'an LDAP filter' },
  }),
  ldapAttributes: define({
    name: 'BIHUAN_LDAP_ATTRIBUTES',
    schema: pairs(['id', 'username', 'name', 'email', 'title', 'org']),
    default: 'id=entryUUID,username=uid,name=cn,email=mail,title=title,org=departmentNumber',
    text: {
      zh: '人员各项取自哪些属性；id 须终身不变（AD 用 objectGUID、sAMAccountName）；org 为单位代码，没有时按所在节点',
      en: 'from which attributes people are read; id must never change (AD: objectGUID, sAMAccountName); org is the code of the unit, without one the place in the tree tells',
    },
    expects: { zh: '名=属性，逗号分隔', en: 'name=attribute, separated by commas' },
  }),
  ldapOrgFilter: define({
    name: 'BIHUAN_LDAP_ORG_FILTER',
    schema: word,
    text: {
      zh: '哪些条目是单位，如 (objectClass=organizationalUnit)；缺省不同步单位',
      en: 'which entries are organisations, such as (objectClass=organizationalUnit); by default none are synced',
    },
    expects: { zh: 'LDAP 过滤式', en: 'an LDAP filter' },
  }),
  ldapOrgAttributes: define({
    name: 'BIHUAN_LDAP_ORG_ATTRIBUTES',
    schema: pairs(['id', 'code', 'name', 'category']),
    default: 'id=entryUUID,code=ou,name=description,category=businessCategory',
    text: { zh: '单位各项取自哪些属性', en: 'from which attributes organisations are read' },
    expects: { zh: '名=属性，逗号分隔', en: 'name=attribute, separated by commas' },
  }),
  ldapRoles: define({
    name: 'BIHUAN_LDAP_ROLES',
    schema: roleGroups,
    default: '',
    text: {
      zh: '目录中的组对应哪些角色，分号分隔；三员角色只能由安全管理员授予',
      en: 'which roles the groups of the directory give, separated by semicolons; the three administrators are only ever made by hand',
    },
    expects: { zh: '角色:组的 DN; …', en: 'role:DN of the group; …' },
  }),
  ldapMostDeactivated: define({
    name: 'BIHUAN_LDAP_MOST_DEACTIVATED',
    schema: whole(0, 100),
    default: '10',
    text: {
      zh: '一次同步最多停用百分之几的人员或单位；超过则整次拒绝',
      en: 'per cent of the people, or organisations, that one sync may deactivate; more and nothing is changed',
    },
    expects: number(0, 100),
  }),
  ldapSyncAt: define({
    name: 'BIHUAN_LDAP_SYNC_AT',
    schema: clockTime,
    default: '02:30',
    text: { zh: '每日几时同步（城市时间）', en: 'when the directory is synced each day, by the city’s clock' },
    expects: { zh: 'HH:MM', en: 'HH:MM' },
  }),
  ldapSignIn: define({
    name: 'BIHUAN_LDAP_SIGN_IN',
    schema: flag,
    default: 'true',
    text: {
      zh: '目录中的人员用目录的密码登录',
      en: 'people of the directory sign in with their password there',
    },
    expects: yesNo,
  }),
} as const;
