import { lazy } from 'react';

export default { list: lazy(() => import('./BallotList.tsx')), sheet: lazy(() => import('./SheetPage.tsx')) };
