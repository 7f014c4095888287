export const invitation = {
  title: 'You are invited',
  text: '{owner} invites you to the home “{home}”.',
  as: {
    admin: 'You may do everything there but change roles, and remove routers or the home.',
    viewer: 'You see everything there, and change nothing.',
    child: 'You see there what holds for you, and may ask for more.',
  },
  until: 'The invitation is valid until',
  accept: 'Join',
  invalid: 'This invitation does not work',
  invalidHint: 'It was used already, was withdrawn, or is too old. Ask for a new one.',
  home: 'Go to Home',
};
export const child = {
  title: 'My internet',
  allow: 'You have internet.',
  limit: 'Your internet is slower now.',
  block: 'You have no internet now.',
  mixed: 'Not all of your devices have internet.',
  devices: 'My devices',
  unnamed: 'A device',
  noDevices: 'No device is yours yet.',
  ask: 'Ask for more time',
  askFor: 'How long?',
  message: 'Why? (if you like)',
  send: 'Ask',
  asked: 'You have asked. Now wait for the answer.',
};
