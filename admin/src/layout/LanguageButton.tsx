import Button from '@mui/material/Button';
import { useLanguage } from '../i18n/LanguageProvider.tsx';

/** The other language, named in itself. */
export function LanguageButton() {
  const { language, change } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button size="small" color="secondary" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => change(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </Button>
  );
}
