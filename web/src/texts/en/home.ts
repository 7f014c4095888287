export const home = {
  title: 'Home',
  welcome: 'Welcome to NetPilot',
  welcomeHint:
    'Link a router to see every device behind it. Coming from the old NetPilot? Import its files.',
  link: 'Link a router',
  import: 'Import old files',
  onlineNow: 'online now',
  unknownNow: 'not known: their router is away',
  known: 'known',
  blockedNow: 'blocked',
  routers: '{count, plural, one {router} other {routers}}',
  yourRouters: 'Your routers',
  new: 'New in the last 24 hours',
  noneNew: 'No new devices',
  blocked: 'Blocked',
  noneBlocked: 'No blocked devices',
  all: 'Show all {count}',
};
