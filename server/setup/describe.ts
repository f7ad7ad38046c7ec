import type { Language } from '../../workflows/text.ts';
import type { SetupCode } from './code.ts';

/** What the console of the server says at the first start. */
export const describeSetup = (url: string, { code, expiresAt }: SetupCode, language: Language): string[] => {
  const until = new Date(expiresAt).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB');
  return language === 'zh'
    ? [
        '还没有任何账号。请打开下面的地址，用启动口令建立系统、安全、审计三名管理员：',
        `  ${url}/#/setup`,
        `  启动口令 ${code}（只能用一次，${until} 前有效）`,
      ]
    : [
        'nobody has an account yet: open this address and make the three administrators with the code',
        `  ${url}/#/setup`,
        `  code ${code} (works once, until ${until})`,
      ];
};
