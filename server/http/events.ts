import { authenticate } from '../auth/session.ts';
import type { Live } from './live.ts';
import { type Route, route } from './route.ts';

export const makeEventRoutes = ({ live }: { live: Live }): Route[] => [
  route({
    id: 'events.listen',
    method: 'get',
    path: '/events',
    summary: { zh: '实时更新（服务器推送事件）', en: 'live updates, as server-sent events' },
    can: 'signedIn',
    output: { status: 200, type: 'text/event-stream' },
    handler: ({ me, deps, request, response }) => {
      request.socket.setTimeout(0);
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      });
      response.write('retry: 3000\n\n');
      live.add({ me, response, alive: async () => (await authenticate(request, deps, { touch: false })) !== null });
      return {};
    },
  }),
];
