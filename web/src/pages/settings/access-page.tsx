import { useQuery } from '@tanstack/react-query';
import { sessionsQuery, tokensQuery } from '../../api/queries.ts';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { signsInByLink } from '../../served-text.ts';
import { AnotherDevice } from './another-device.tsx';
import { SettingsFrame } from './frame.tsx';
import './page.css';
import { Sessions } from './sessions.tsx';
import { Tokens } from './tokens.tsx';

/** Where one is signed in, and the tokens of one's programs. */
export function AccessPage() {
  // Together: what comes later would shift what is below it.
  const queries = [useQuery(sessionsQuery), useQuery(tokensQuery)];
  const isPending = queries.some((query) => query.isPending);
  // Only those that never loaded: a section that appeared with an error would fetch again, and vanish while it does.
  const failed = queries.filter((query) => query.isLoadingError);
  return (
    <SettingsFrame section="access">
      {isPending && <Skeleton height={480} />}
      <QueryProblem queries={failed} />
      {!isPending && failed.length === 0 && (
        <>
          <Sessions />
          {signsInByLink() && <AnotherDevice />}
          <Tokens />
        </>
      )}
    </SettingsFrame>
  );
}
