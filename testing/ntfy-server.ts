/** An HTTP server that takes messages as ntfy does (its server/server.go, actions.go and errors.go), and keeps them for a phone. */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parseJson } from '../src/parse-json.ts';
import { type Answer, type Received, type TargetServer, startTarget } from './target-server.ts';

const TOPIC = '^[-_A-Za-z0-9]{1,64}$';
const Action = Type.Object({
  action: Type.Enum(['view', 'http']),
  label: Type.String({ minLength: 1 }),
  url: Type.String({ pattern: '^https?://' }),
  method: Type.Optional(Type.String()),
  clear: Type.Optional(Type.Boolean()),
});
const Published = Type.Object({
  topic: Type.String({ pattern: TOPIC }),
  title: Type.String(),
  message: Type.String(),
  priority: Type.Integer({ minimum: 1, maximum: 5 }),
  tags: Type.Array(Type.String()),
  click: Type.String({ pattern: '^https?://' }),
  actions: Type.Optional(Type.Array(Action)),
});
export type NtfyMessage = Static<typeof Published>;

export type NtfyOptions = {
  /** The one that may write; absent: everybody may. */
  token?: string;
  /** How many it takes before it has had too many. */
  most?: number;
};

export type NtfyServer = Pick<TargetServer, 'url' | 'waitFor' | 'close'> & {
  messages: NtfyMessage[];
};

export async function startNtfy({ token, most = Infinity }: NtfyOptions = {}): Promise<NtfyServer> {
  const messages: NtfyMessage[] = [];
  const { url, waitFor, close } = await startTarget(({ method, path, headers, body }: Received) => {
    if (method !== 'POST' || path !== '/') return refusal(404, 40401, 'page not found');
    const message = parseJson(body.toString());
    if (!Value.Check(Published, message)) return refusal(400, whatIsWrong(message), 'invalid');
    if ((message.actions ?? []).length > 3) return refusal(400, 40018, 'actions invalid');
    if (token !== undefined && headers.authorization !== `Bearer ${token}`)
      return headers.authorization === undefined
        ? refusal(403, 40301, 'forbidden')
        : refusal(401, 40101, 'unauthorized');
    if (messages.length >= most) return refusal(429, 42901, 'limit reached: too many requests');
    messages.push(message);
    return answer(200, { id: 'Rm8ZwXvNzUIW', event: 'message', ...message });
  });
  return { url, messages, waitFor, close };
}

function whatIsWrong(message: unknown): number {
  if (!Value.Check(Type.Object({}), message)) return 40024;
  return Value.Check(Type.Object({ topic: Type.String({ pattern: TOPIC }) }), message)
    ? 40018
    : 40009;
}

function refusal(http: number, code: number, error: string): Answer {
  return answer(http, { code, http, error, link: 'https://ntfy.sh/docs/publish/' });
}

function answer(status: number, body: object): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(body)}\n`,
  };
}
