import { REMARKS } from '../../../src/transfer/remarks.ts';
import { activity } from './en/activity.ts';
import { importing } from './en/import.ts';
import { routers } from './en/routers.ts';
import { settings } from './en/settings.ts';
import { device } from './en/device.ts';
import { devices } from './en/devices.ts';
import { home } from './en/home.ts';
import { policy } from './en/policy.ts';

/** Every text of the app, in English. Another language is a file of the same shape. ICU MessageFormat. */
export const en = {
  app: { name: 'NetPilot', skip: 'Skip to the content' },
  navigation: {
    label: 'Main',
    home: 'Home',
    devices: 'Devices',
    policy: 'Policy',
    routers: 'Routers',
    activity: 'Activity',
    import: 'Import',
    settings: 'Settings',
    more: 'More',
  },
  action: {
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    retry: 'Try again',
    undo: 'Undo',
    signOut: 'Sign out',
    back: 'Back',
    loadMore: 'Show more',
  },
  live: {
    lost: 'The connection is lost. What you see may be old; it catches up by itself.',
    back: 'Connected again.',
  },
  problem: {
    title: 'That did not work',
    offline: 'The server cannot be reached.',
    unknown: 'Something is wrong on the server. Try again in a while.',
    notFound: 'There is no such page.',
    notFoundHint: 'It may have been removed, or the address is wrong.',
    home: 'To the start',
  },
  state: {
    loading: 'Loading',
    online: 'Online',
    offline: 'Offline',
    blocked: 'Blocked',
    applied: 'Applied',
    blockedPending: 'Blocked · pending',
    pending: 'Pending',
    never: 'Never',
    justNow: 'just now',
    connected: 'Connected',
    unlinked: 'Not linked',
    because: {
      unlinked: 'The router is linked no more.',
      never_connected: 'The router has not connected yet.',
      offline: 'The router is offline since {since}: it does this once it is back.',
      unconfirmed: 'The router has not confirmed this change yet.',
      refused_incomplete: 'The router refused it: it did not get all of it.',
      refused_invalid: 'The router refused it: its agent does not know what this asks for.',
      refused_nft: 'The router refused it: its firewall does not take the rules.',
      refused_storage: 'The router refused it: it has no room to store it.',
      refused: 'The router refused it.',
    },
    unknown: 'Unknown',
  },
  home,
  devices,
  device,
  policy,
  routers,
  activity,
  import: importing,
  importRemarks: REMARKS,
  settings,
  signIn: {
    title: 'Sign in to NetPilot',
    button: 'Sign in',
    hint: 'You are led to the service that vouches for you, and back.',
    localHint:
      'NetPilot prints a link that signs you in, once, when it starts. For another one, run <command></command> in a terminal.',
  },
} as const satisfies Texts;

/** A tree of texts. */
type Texts = { readonly [name: string]: string | Texts };
