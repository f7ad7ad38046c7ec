import Comments from './Comments.tsx';
import Copies from './Copies.tsx';

/** What was said around a case: copies with their receipts, and comments. */
export default function AroundCase({ caseId }: { caseId: string }) {
  return (
    <>
      <Copies caseId={caseId} />
      <Comments caseId={caseId} />
    </>
  );
}
