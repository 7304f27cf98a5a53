import type { FastifyInstance } from 'fastify';

/** An answer of the server, as the tests look at it. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly location: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A reader who opens pages and sends their forms, without a browser. */
export interface FormClient {
  open(path: string): Promise<Answer>;
  /** Sends a form with the token of the page it stands on. */
  send(path: string, fields?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Sends a file from the first page; gives where that leads. */
  upload(name: string, content: string | Buffer): Promise<Answer>;
  /** Opens a progress page until the job has ended. */
  ended(path: string): Promise<Answer>;
  token(): Promise<string>;
}

function answerOf(response: Awaited<ReturnType<FastifyInstance['inject']>>): Answer {
  const { statusCode, body, headers } = response;
  return { status: statusCode, body, location: String(headers.location ?? ''), headers };
}

/** A form with a file as a browser writes it: token first, then the file. */
export async function multipartForm(
  parts: readonly (readonly [string, string | File])[],
): Promise<{ readonly payload: Buffer; readonly headers: { readonly 'content-type': string } }> {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  const response = new Response(form);
  return {
    payload: Buffer.from(await response.arrayBuffer()),
    headers: { 'content-type': String(response.headers.get('content-type')) },
  };
}

/** Opens and sends the pages that add data to one service. */
export function formClient(app: FastifyInstance, service: string): FormClient {
  const home = `/${service}/data/add`;
  const open = async (path: string) => answerOf(await app.inject(path));
  const token = async () => /name="token" value="([^"]+)"/.exec((await open(home)).body)?.[1] ?? '';
  return {
    open,
    token,
    async send(path, fields = {}) {
      const payload = new URLSearchParams({ token: await token(), ...fields }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return answerOf(await app.inject({ method: 'POST', url: path, payload, headers }));
    },
    async upload(name, content) {
      const file = new File([typeof content === 'string' ? content : new Uint8Array(content)], name);
      const form = await multipartForm([
        ['token', await token()],
        ['file', file],
      ]);
      return answerOf(await app.inject({ method: 'POST', url: home, ...form }));
    },
    async ended(path) {
      for (;;) {
        const answer = await open(path);
        if (answer.headers.refresh === undefined) return answer;
        await new Promise((next) => setTimeout(next, 20));
      }
    },
  };
}
