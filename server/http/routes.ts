import { accountRoutes } from '../accounts/routes.ts';
import { adjustmentRoutes } from '../adjustments/routes.ts';
import { makeAuditRoutes } from '../audit/routes.ts';
import { authRoutes } from '../auth/routes.ts';
import { sessionRoutes } from '../auth/sessionRoutes.ts';
import { ballotRoutes } from '../ballots/routes.ts';
import { burdenRoutes } from '../burden/routes.ts';
import { calendarRoutes } from '../calendar/routes.ts';
import type { Definitions } from '../cases/definitions.ts';
import { makeCaseRoutes } from '../cases/routes.ts';
import { makeComplaintRoutes } from '../complaints/routes.ts';
import type { Launcher } from '../cycles/launcher.ts';
import { makeCycleRoutes } from '../cycles/routes.ts';
import { makeDelegationRoutes } from '../delegations/routes.ts';
import { makeEvidenceRoutes } from '../evidence/routes.ts';
import { opinionRoutes } from '../findings/opinionRoutes.ts';
import { findingRoutes } from '../findings/routes.ts';
import { incidentRoutes } from '../incidents/routes.ts';
import { assignedRoutes } from '../indicators/assignedRoutes.ts';
import { historyRoutes } from '../indicators/historyRoutes.ts';
import { libraryRoutes } from '../indicators/libraryRoutes.ts';
import { makeValueRoutes } from '../indicators/valueRoutes.ts';
import { letterRoutes } from '../letters/routes.ts';
import { lightRoutes } from '../lights/routes.ts';
import { noticeRoutes } from '../notices/routes.ts';
import { observationRoutes } from '../observations/routes.ts';
import { makeOidcRoutes } from '../oidc/routes.ts';
import { operationsRoutes } from '../operations/routes.ts';
import { orgRoutes } from '../orgs/routes.ts';
import { passwordLinkRoutes } from '../passwordLinks/routes.ts';
import { peopleRoutes } from '../people/routes.ts';
import { privacyRoutes } from '../privacy/routes.ts';
import { makePublicRoutes } from '../public/routes.ts';
import { makeRectificationRoutes } from '../rectification/routes.ts';
import { reportRoutes } from '../reports/routes.ts';
import { resultRoutes } from '../results/routes.ts';
import { roleRoutes } from '../roles/routes.ts';
import { scoringRoutes } from '../scoring/routes.ts';
import { secondFactorRoutes } from '../secondFactor/routes.ts';
import { setupRoutes } from '../setup/routes.ts';
import { makeSurveyRoutes } from '../surveys/routes.ts';
import { makeTalkRoutes } from '../talk/routes.ts';
import { makeTaskRoutes } from '../tasks/routes.ts';
import { templateRoutes } from '../templates/routes.ts';
import type { PushLimit } from '../tokens/limit.ts';
import { tokenRoutes } from '../tokens/routes.ts';
import { trialRoutes } from '../trials/routes.ts';
import { unitRoutes } from '../unit/routes.ts';
import { warningRoutes } from '../warnings/routes.ts';
import { makeEventRoutes } from './events.ts';
import type { Live } from './live.ts';
import type { Route } from './route.ts';

/** What routes share beside the dependencies of the application. */
export interface Parts {
  live: Live;
  pushes: PushLimit;
  launcher: Launcher;
  definitions: Definitions;
}

/** All routes of the API. */
export const makeRoutes = (parts: Parts): Route[] => {
  const routes: Route[] = [
    ...authRoutes,
    ...sessionRoutes,
    ...secondFactorRoutes,
    ...passwordLinkRoutes,
    ...accountRoutes,
    ...setupRoutes,
    ...makeOidcRoutes(),
    ...orgRoutes,
    ...peopleRoutes,
    ...privacyRoutes,
    ...roleRoutes,
    ...templateRoutes,
    ...trialRoutes,
    ...makeCycleRoutes(parts),
    ...makeTaskRoutes(parts),
    ...makeTalkRoutes(parts),
    ...makeEvidenceRoutes(parts),
    ...makeCaseRoutes(parts),
    ...incidentRoutes,
    ...findingRoutes,
    ...makeComplaintRoutes(parts),
    ...opinionRoutes,
    ...observationRoutes,
    ...makeRectificationRoutes(parts),
    ...noticeRoutes,
    ...makeDelegationRoutes(parts),
    ...calendarRoutes,
    ...libraryRoutes,
    ...historyRoutes,
    ...assignedRoutes,
    ...makeValueRoutes(parts),
    ...tokenRoutes,
    ...ballotRoutes,
    ...adjustmentRoutes,
    ...resultRoutes,
    ...letterRoutes,
    ...reportRoutes,
    ...makeSurveyRoutes(),
    ...makePublicRoutes(),
    ...scoringRoutes,
    ...lightRoutes,
    ...warningRoutes,
    ...burdenRoutes,
    ...unitRoutes,
    ...operationsRoutes,
    ...makeEventRoutes(parts),
  ];
  return [...routes, ...makeAuditRoutes(routes)];
};

/** The same for whoever only looks at what they declare: what handlers share is not there. */
export const describedRoutes = (): Route[] => makeRoutes({} as Parts);
