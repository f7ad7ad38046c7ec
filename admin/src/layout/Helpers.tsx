import { Suspense, useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { page } from '../page.ts';
import { useCan } from '../session/session.ts';
import { menuFor } from './menu.ts';
import { useKeys } from './shortcuts.ts';

const Palette = page(() => import('../palette/Palette.tsx'), 'keys');
const Tour = page(() => import('../palette/Tour.tsx'), 'keys');
const ShortcutSheet = page(() => import('./ShortcutSheet.tsx'), 'keys');

export type Helper = 'palette' | 'sheet' | 'tour';

/** What helps to find the way, from any page: one of it at a time, fetched when it is first wanted. */
export function useHelpers() {
  const navigate = useNavigate();
  const can = useCan();
  const [shown, setShown] = useState<Helper>();
  const close = () => setShown(undefined);

  const go = menuFor(can)
    .flatMap(({ items }) => items)
    .flatMap(({ letter, to }) => (letter ? [[`g ${letter}`, () => navigate(to)]] : []));
  useKeys({ ...Object.fromEntries(go), '?': () => setShown('sheet') });

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      if (document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      setShown('palette');
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  const helpers = (
    <Suspense>
      {shown === 'palette' && <Palette onClose={close} />}
      {shown === 'sheet' && <ShortcutSheet onClose={close} />}
      {shown === 'tour' && <Tour onClose={close} />}
    </Suspense>
  );
  return { helpers, show: setShown };
}
