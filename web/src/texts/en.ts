import { REMARKS } from '../../../src/transfer/remarks.ts';
import { access } from './en/access.ts';
import { activity } from './en/activity.ts';
import { alerts } from './en/alerts.ts';
import { household } from './en/household.ts';
import { child, invitation } from './en/invitation.ts';
import { people } from './en/people.ts';
import { rules } from './en/rules.ts';
import { importing } from './en/import.ts';
import { routers } from './en/routers.ts';
import { settings } from './en/settings.ts';
import { device } from './en/device.ts';
import { devices } from './en/devices.ts';
import { help } from './en/help.ts';
import { home } from './en/home.ts';

/** Every text of the app, in English. Another language is a file of the same shape. ICU MessageFormat. */
export const en = {
  app: { name: 'NetPilot', skip: 'Skip to content' },
  navigation: {
    label: 'Main',
    home: 'Home',
    devices: 'Devices',
    people: 'People',
    rules: 'Rules',
    routers: 'Routers',
    activity: 'Activity',
    settings: 'Settings',
    help: 'Help',
    more: 'More',
  },
  action: {
    messages: 'Messages',
    undone: 'Undone: {what}',
    openPage: 'Open the page of {name}',
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    retry: 'Try again',
    undo: 'Undo',
    signOut: 'Sign out',
    loadMore: 'Show more',
    copied: 'Copied.',
    notCopied: 'The browser did not copy it: select the text, and copy it.',
  },
  time: {
    days: '{days, plural, one {# day} other {# days}}',
    hours: '{hours} h',
    minutes: '{minutes} min',
    lessThanMinute: 'less than a minute',
    for: 'for {length}',
    left: '{length} left',
    hereOfDay: 'Here {hours} h of the last 24',
  },
  delivery: {
    waits: '{done} It waits for {name}.',
    waitsSince: '{done} It waits for {name}, offline since {since}.',
    refused: '{done} But the router could not do all of it.',
  },
  palette: {
    open: 'Find anything',
    hint: 'Device, person, page, or “pause …”',
    found: 'Found',
    none: 'Nothing of that name',
    page: 'Page',
    looks: 'Looks',
    light: 'Light theme',
    dark: 'Dark theme',
    person: 'Person',
    device: 'Device',
    action: 'Action',
    pause: 'Pause {name} …',
    resume: 'Resume {name}',
    block: 'Block {name}',
    unblock: 'Unblock {name}',
    why: 'Why has {name} no full internet?',
  },
  live: {
    lost: 'Reconnecting … Shown as of {time}.',
  },
  problem: {
    gone: 'This is not here (any more)',
    goneHint: 'It may have been deleted, merged into another one, or it belongs to another home.',
    offlineHint: 'Check this device’s connection. The page comes back when the server answers.',
    title: 'Something went wrong',
    offline: 'The server cannot be reached.',
    unknown: 'Server error. Try again later.',
    notFound: 'Page not found',
    notFoundHint: 'It may have been removed, or the address is wrong.',
    home: 'Go to Home',
  },
  state: {
    loading: 'Loading',
    online: 'Online',
    offline: 'Offline',
    applied: 'Applied',
    unknownSince: 'Unknown since {since}',
    blockedRefused: 'Not blocked · router refuses',
    partial: 'Applied in part',
    refused: {
      agent: 'Its agent is too old for this: link the router again, which updates it.',
      address: 'The router’s agent does not take this for an address.',
      nft: 'The router’s firewall does not accept this address.',
      other: 'The router cannot do this.',
    },
    pending: 'Pending',
    never: 'Never',
    justNow: 'just now',
    connected: 'Connected',
    unlinked: 'Not linked',
    because: {
      unlinked: 'This router was unlinked.',
      never_connected: 'The router has not connected yet.',
      offline: 'The router has been offline since {since}. It applies this when it reconnects.',
      away: 'The router has been offline since {since}. It had applied this until then.',
      unconfirmed: 'The router has not confirmed this change yet.',
      refused_incomplete: 'The router rejected this: it did not receive all of it.',
      refused_invalid: 'The router rejected this: its agent does not know one of the rules.',
      refused_nft: 'The router rejected this: its firewall does not accept the rules.',
      refused_too_long:
        'The router’s agent is too old for so long a policy. Link the router again: that updates the agent.',
      refused_storage: 'The router rejected this: it has no space left to store it.',
      refused: 'The router rejected this.',
      partial:
        'The router has applied the rest, but cannot do all of it. Take back what is listed, or choose the device instead of its address.',
    },
    unknown: 'Unknown',
  },
  access,
  help,
  home,
  people,
  rules,
  household,
  invitation,
  child,
  devices,
  device,
  routers,
  activity,
  alerts,
  import: importing,
  importRemarks: REMARKS,
  settings,
  signInAgain: {
    title: 'Please sign in again',
    why: {
      addChannel: 'To add an alert channel, you must have signed in within the last 10 minutes.',
      createToken: 'To create a token, you must have signed in within the last 10 minutes.',
      signInDevice:
        'To sign in another device, you must have signed in here within the last 10 minutes.',
      export: 'To export your data, you must have signed in within the last 10 minutes.',
      linkRouter: 'To link a router, you must have signed in within the last 10 minutes.',
      removeRouter: 'To remove a router, you must have signed in within the last 10 minutes.',
      replaceRouter:
        'To let a router replace another one, you must have signed in within the last 10 minutes.',
      invite: 'To invite somebody, you must have signed in within the last 10 minutes.',
      changeMember: 'To change a role, you must have signed in within the last 10 minutes.',
      deleteAccount: 'To delete your account, you must have signed in within the last 10 minutes.',
    },
    back: 'After that you are back here.',
    byLink:
      'Run <command></command> on the machine that NetPilot runs on, open its link in this browser, and then continue here.',
    button: 'Sign in again',
    continue: 'Continue',
  },
  signIn: {
    title: 'Sign in to NetPilot',
    lead: 'See every device at home, and decide who may use the internet.',
    google: 'Continue with Google',
    button: 'Sign in',
    hint: 'After that you are back here.',
    notInvited: '{email} has no account here, and is not invited.',
    askOperator:
      'Ask the person who runs this NetPilot to invite you, with <command>bin/netpilot user invite {email}</command> on its computer. Then sign in again.',
    otherAccount: 'Sign in with another account',
    localHint:
      'NetPilot prints a sign-in link when it starts. It works once. To get another one, run <command></command> in a terminal on the computer that it runs on, or open Settings on a device that is signed in.',
  },
} as const satisfies Texts;

/** A tree of texts. */
type Texts = { readonly [name: string]: string | Texts };
