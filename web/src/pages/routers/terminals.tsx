import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Copyable } from '../../design/copyable.tsx';
import { linkToRouter } from './router-page.tsx';

const PLACES = ['windows', 'mac', 'linux', 'android', 'luci'] as const;
type Place = (typeof PLACES)[number];

const prompt = () => <code>root@OpenWrt:~#</code>;
const terminalPackage = () => <code>luci-app-ttyd</code>;

/** How to get a command line on the router, from each system, with the router's own address. */
export function Terminals({ router }: { router: string }) {
  const t = useTranslations('routers.terminals');
  return (
    <Tabs className="routers__tabs" defaultSelectedKey={ownPlace()}>
      <TabList aria-label={t('label')}>
        {PLACES.map((place) => (
          <Tab key={place} id={place} className="routers__tab">
            {t(`names.${place}`)}
          </Tab>
        ))}
      </TabList>
      {PLACES.map((place) => (
        <TabPanel key={place} id={place} className="routers__panel">
          {place === 'luci' ? <ByPage router={router} /> : <BySsh place={place} router={router} />}
        </TabPanel>
      ))}
    </Tabs>
  );
}

function BySsh({ place, router }: { place: Exclude<Place, 'luci'>; router: string }) {
  const t = useTranslations('routers.terminals');
  return (
    <>
      <p>{t(`open.${place}`)}</p>
      {place === 'android' && <Copyable text="pkg install openssh" label={t('copyInstall')} />}
      <p>{t('type')}</p>
      <Copyable text={`ssh root@${router}`} label={t('copySsh')} />
      <p className="quiet">{t.rich('questions', { prompt })}</p>
    </>
  );
}

function ByPage({ router }: { router: string }) {
  const t = useTranslations('routers.terminals');
  return (
    <>
      <p>
        {t.rich('luci', {
          page: linkToRouter(router),
          package: terminalPackage,
        })}
      </p>
      <p className="quiet">{t('luciOwner')}</p>
    </>
  );
}

/** The system that the browser says it runs on. */
function ownPlace(): Place {
  const { userAgent } = navigator;
  if (userAgent.includes('Android')) return 'android';
  if (userAgent.includes('Windows')) return 'windows';
  return userAgent.includes('Mac OS') ? 'mac' : 'linux';
}
