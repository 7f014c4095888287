import { QueryProblem, Skeleton } from '../../design/notice.tsx';
import { useShownHomes } from '../../homes/current.ts';
import { ZoneNote } from '../../homes/time.tsx';
import { Begin } from './begin.tsx';
import { linkedRouters } from './facts.ts';
import { Here } from './here.tsx';
import { useKnown } from './known.ts';
import { HomeLead, HomesLead } from './lead.tsx';
import { Live } from './live.tsx';
import { NeedsYou } from './needs-you.tsx';
import { Lately } from './lately.tsx';
import { People } from './people.tsx';
import { Restricted } from './restricted.tsx';
import './page.css';

/** How the home is, in a sentence; what waits for somebody; who and what is there, and what is restricted. */
export function HomePage() {
  const { known, queries } = useKnown();
  const homes = useShownHomes();
  const [home] = homes;
  if (known === undefined || home === undefined)
    return (
      <div className="page home">
        <QueryProblem queries={queries} />
        {!queries.some(({ isError }) => isError) && <Skeleton height={420} />}
      </div>
    );
  const isEmpty = homes.every((each) => linkedRouters(each, known.routers).length === 0);
  if (isEmpty)
    return (
      <div className="page home">
        <Begin home={home} isFirst />
      </div>
    );
  return (
    <div className="page home">
      {homes.length === 1 ? (
        <HomeLead home={home} known={known} />
      ) : (
        <HomesLead homes={homes} known={known} />
      )}
      <div className="home__columns">
        <div className="home__main">
          <div className="home__first">
            <NeedsYou homes={homes} known={known} />
            {homes.length === 1 && <Begin home={home} />}
          </div>
          <People />
          <Here devices={known.devices} />
        </div>
        <aside className="home__side">
          <Restricted devices={known.devices} />
          <Live routers={known.routers} />
          <Lately />
        </aside>
      </div>
      <ZoneNote />
    </div>
  );
}
