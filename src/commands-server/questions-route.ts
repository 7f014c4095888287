/** Where other processes ask this one without NATS: a question is sealed, so it needs no token. */
import type { App } from '../api/app.ts';
import { NotFoundError } from '../errors.ts';
import type { CommandsServer } from '../fleet/start.ts';
import { QUESTIONS_PATH } from '../wakes/http-questions.ts';
import { createSeals } from '../wakes/questions.ts';

export function serveQuestions(
  app: App,
  secretKey: string,
  { lease, answer }: Pick<CommandsServer, 'lease' | 'answer'>,
): void {
  const seals = createSeals(secretKey);
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
  app.post(QUESTIONS_PATH, { config: { needsNoToken: true } }, async ({ body }, reply) => {
    const sealed = Buffer.isBuffer(body)
      ? await seals.answer(lease.instance, body, answer)
      : undefined;
    if (sealed === undefined) throw new NotFoundError('question', 'that this process answers');
    return reply.type('application/octet-stream').send(sealed);
  });
}
