import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../../api/queries.ts';
import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { Appearance } from './appearance.tsx';
import { SettingsFrame } from './frame.tsx';
import { Profile } from './profile.tsx';

/** Who one is, and how the pages look. */
export function YouPage() {
  const me = useQuery(meQuery);
  return (
    <SettingsFrame section="you">
      {me.isPending && <Skeleton height={480} />}
      <QueryProblem queries={[me]} />
      {me.isSuccess && (
        <>
          <Profile me={me.data} />
          <Appearance />
        </>
      )}
    </SettingsFrame>
  );
}
