export const home = {
  title: 'Home',
  welcome: 'Welcome to NetPilot',
  welcomeHint:
    'Link a router, and every device behind it shows up here. Or bring the files of the old program along.',
  link: 'Link a router',
  import: 'Import old files',
  onlineNow: 'online now',
  known: 'known',
  blockedNow: 'blocked',
  routers: '{count, plural, one {router} other {routers}}',
  yourRouters: 'Your routers',
  new: 'New in the last 24 hours',
  noneNew: 'Nobody new',
  blocked: 'Blocked',
  noneBlocked: 'Nobody is blocked',
  all: 'See all {count}',
};
