import type { Client } from './client.ts';

/** Reads server-sent events until one fits. */
export const listen = async (client: Client) => {
  const abort = new AbortController();
  const answer = await fetch(`${client.base}/events`, {
    headers: { cookie: client.cookie ?? '' },
    signal: abort.signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    answer,
    close: () => abort.abort(),
    until: async (event: string, fits: (data: Record<string, unknown>) => boolean): Promise<void> => {
      for (;;) {
        for (const [, name, data] of text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)) {
          if (name === event && fits(JSON.parse(data ?? '{}'))) return;
        }
        const part = await reader?.read();
        if (!part || part.done) throw new Error(`the stream ended after: ${text}`);
        text += part.value;
      }
    },
    seen: () => text,
  };
};
