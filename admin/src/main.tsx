import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { announce, storedLanguage } from './i18n/LanguageProvider.tsx';
import { speak } from './i18n/words.ts';
import { reloadAfterUpgrade } from './reloadAfterUpgrade.ts';
import { loadMe } from './session/session.ts';
import { paint } from './theme/mode.ts';

paint();
reloadAfterUpgrade();
const language = storedLanguage() ?? 'zh';
announce(language);

// Asked at once, so that the answer is there when the first page wants it.
loadMe().catch(() => {});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await speak(language);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
