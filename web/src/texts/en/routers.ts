export const routers = {
  title: 'Routers',
  router: 'Router',
  all: 'All routers',
  link: 'Link a router',
  none: 'No router yet',
  technical: 'Technical',
  now: {
    ok: { text: 'The internet answers.' },
    internet_down: {
      text: 'No internet behind it since {since}.',
      means: 'The router is here, but nothing outside answers it. What is blocked stays blocked.',
    },
    away: {
      text: 'Not connected since {since}.',
      means:
        'Its line is dead, or it is off: from here nobody can tell which. What was blocked stays blocked there while it runs.',
    },
    unknown: {
      text: 'Connected. Its internet is not measured.',
      means:
        'For that it needs an agent that can, and addresses to ask. The first answer comes a minute after the start.',
    },
    never: { text: 'It has not connected yet.' },
    hints: {
      modem: 'Switch the modem off, wait for a minute, and switch it on.',
      cable: 'Is the cable between router and modem plugged in at both ends?',
      provider: 'If that does not help, ask your provider whether there is a fault.',
      power: 'Has it power? Its lamps should be on.',
      line: 'Do devices there have internet? Then the router is well, and only cannot reach NetPilot.',
    },
  },
  figures: {
    devices: '{count, plural, =0 {no device here} one {# device here} other {# devices here}}',
    devicesUnknown: 'Who is here, nobody knows now',
    roundTrip: 'answers in {ms} ms',
    loss: '{loss}% lost',
  },
  past: {
    line: 'The last 24 hours: answered in {average} on average, {worst} at worst; at most {lost} lost',
    roundTrip: 'Answer',
    loss: 'Lost, in percent',
    ms: '{ms} ms',
    noOutage: 'No outage in the last 24 hours.',
    outages: '{count, plural, one {# outage} other {# outages}} in the last 24 hours',
    away: 'Away at {at} for {time}',
    internet_down: 'No internet at {at} for {time}',
    still: {
      away: 'Away since {at}, for {time} so far',
      internet_down: 'No internet since {at}, for {time} so far',
    },
    share:
      '{share} of the last 30 days without an outage{count, plural, =0 {} one { (1 outage)} other { (# outages)}}',
  },
  noneHint: 'Link your router: paste one line on it, and it appears here within seconds.',
  id: 'ID',
  lastSeen: 'Last connected',
  lastScan: 'Last scan',
  scan: 'Scan now',
  scanning: 'Scanning…',
  scanLater: 'The router is offline. It is scanned when it connects.',
  revision: 'Policy',
  revisions: 'revision {applied} of {wanted}',
  agent: 'Agent',
  booted: 'Started',
  load: 'Load',
  memory: 'Free memory',
  memoryOf: '{available} of {total} MiB',
  internet: 'Internet',
  internets: { up: 'connected', down: 'not connected', none: 'through another router' },
  offloading: 'Flow offloading',
  offloadings: { off: 'off', software: 'in software', hardware: 'in hardware' },
  refused:
    '{rule, select, block {{name} is not blocked.} list {The entry for {name} has no effect.} other {The rule for {name} has no effect.}}',
  old: {
    title: 'The agent on this router is older than this NetPilot. It does all that it did before.',
    cannot: 'It cannot:',
    update:
      'To update it, press “Link a router” and paste the line on this router: its devices, lists and blocks stay.',
    lacks: {
      chunks: 'take lists of more than 16,000 entries',
      partial: 'apply the rest when it cannot do one thing',
      time: 'keep to times by itself',
      rates: 'give a device a rate of its own',
      networks: 'block or limit a whole network, or all devices there that are new',
      counts: 'tell after a start how many of its blocks hold',
      places: 'tell on which network, port or Wi-Fi a device is',
      router: 'tell its model, its load and its connection to the internet',
      health: 'measure the connection to the internet',
      usage: 'count what each device sends and receives',
      wake: 'wake a device',
      update: 'take a signed update',
      redial: 'connect anew at once when its server stops',
      move: 'move to another server',
    },
  },
  update: {
    newer: 'There is a newer agent for this router: {version}. It has {present}.',
    button: 'Update the agent to {version}',
    allow:
      'A router takes it only if you allow that on the router itself. Write there, once, as root:',
    copy: 'Copy the command',
    allowByLine:
      'This agent cannot be updated from here yet. Press “Link a router”, and paste the line on this router with --updates at its end: from then on it can.',
    underWay: {
      wanted: 'The router is about to get agent {version}.',
      sending: 'Agent {version} is on its way to the router.',
      trying:
        'The router is trying agent {version}. If it does not connect within two minutes, the router goes back to the old one. Blocks hold all the time.',
    },
    kept: {
      interrupted: 'The last update was interrupted: the router has kept its agent.',
      'put-back':
        'The last update did not connect within two minutes: the router has gone back to its old agent.',
      'not-here': 'This NetPilot no longer has the version that was asked for.',
      incomplete: 'The last update did not arrive whole: the router has kept its agent.',
      'not-allowed': 'The router refused the last update: updates are not allowed there.',
      signature:
        'The router refused the last update: it is not signed with the key that its agent trusts.',
      version: 'The router refused the last update: it is not newer than its own agent.',
      broken: 'The router refused the last update: it is not a program that it can run.',
      storage: 'The router refused the last update: it has no space for it.',
    },
  },
  replace: {
    button: 'Replaces another one…',
    title: 'Let {name} replace another router?',
    which: 'Which one?',
    text: '{name} takes the place of {old}:',
    moves: {
      devices: 'The devices of {old} move to {name}, with their names and their history.',
      rules: 'So do its lists, its blocks and its mode. They hold as soon as {name} confirms them.',
      settings: 'Its name, its settings and its API tokens move too.',
      old: '{old} is unlinked.',
    },
    isThere: '{old} is connected now. Is it the right one?',
    confirm: 'Replace',
    done: '{name} was replaced.',
    offer: 'Does it replace {name}, which is offline? Then take over its devices and rules.',
    offerButton: 'Yes, take over…',
  },
  lookAlikes: {
    rival:
      'Two boxes connect as this router and take turns: one with the MAC {own}, one with {other}. Perhaps a backup of one was restored on the other. Link one of them again: it gets a key of its own.',
    flapping:
      'It has connected {count} times since {since}. Its line fails again and again, or something else connects with its key.',
    otherMac: 'Its LAN has another MAC than when it was linked: {mac}.',
    sameMac:
      'The LAN of {names} has the same MAC. Devices may take one for the other: give one of them another MAC.',
  },
  clock: 'Clock',
  clocks: {
    trusted: 'right',
    held: 'not known since its start: what held before holds',
    repeated: 'right, but its rules are two weeks old: the last week repeats',
  },
  health: 'Answer of {target}',
  noAnswer: 'none',
  answer: '{milliseconds} ms, {loss}% lost',
  reached: 'Connection',
  dialsIn: 'from the router',
  isDialled: 'from NetPilot{place, select, none {} other { to {place}}}',
  problems: {
    'no-address': 'NetPilot cannot connect to it: it has no address.',
    'not-allowed':
      'NetPilot does not connect to it: the operator of this NetPilot does not allow its address.',
    unreachable: 'It does not answer at its address.',
    'other-host-key':
      'The host key at its address is not the one it had when it was linked. If the router was reinstalled, link it again.',
    'key-refused': 'It rejects NetPilot’s key. Link it again.',
    'key-sealed':
      'NetPilot cannot read the key for it, because the secret of this NetPilot was changed. Link it again.',
  },
  name: 'Name',
  nameHint: 'Leave empty to show the ID.',
  rename: 'Rename',
  renameTitle: 'Rename the router',
  unlink: 'Unlink',
  unlinkTitle: 'Unlink {name}?',
  unlinkText:
    'Its key stops working at once, and its network goes back to how it was before NetPilot. Devices and history stay here.',
  unlinkDone: '{name} was unlinked.',
  delete: 'Delete',
  deleteTitle: 'Delete {name}?',
  deleteText: 'Its devices, lists, blocks and history are deleted for good.',
  deleteDone: '{name} was deleted.',
  linkTitle: 'Link a router',
  copy: 'Copy the line',
  send: {
    button: 'Send to my computer',
    title: 'Link my router',
    text: 'Open a terminal and type: {command}\nThen paste this line there:\n{line}',
    scan: 'Scan this with the device that you want to have it on.',
    code: 'QR code of the line and of how to use it',
  },
  cleanOld: 'The old NetPilot controlled this router: remove its blocks and limits from it',
  codeIs: 'The code is',
  worksUntil: 'It works once, until',
  expired: 'The code has expired.',
  again: 'Get a new one',
  done: 'Done',
  next: 'Waiting',
  linked: 'Your router is linked. Its devices appear as they are seen.',
  beTold: 'Be told when something new joins',
  steps: {
    fetched: 'The router fetches the program',
    registered: 'The router registers',
    connected: 'The router connects',
    devices: 'The first devices appear',
  },
  onlyHere: {
    title: 'No router reaches this NetPilot yet',
    text: 'It runs on an address that only this computer reaches. For a router at home, stop NetPilot and start it with <command></command>. For one elsewhere, NetPilot needs a domain: docs/deploy.md shows how.',
  },
  guide: {
    system: 'Check the router',
    needs:
      'NetPilot needs OpenWrt 22.03 or newer on the router. It does not work with the manufacturer’s own software.',
    address: 'Address of the router',
    addressHint:
      '192.168.1.1, unless somebody has changed it. Your computer’s network settings call it router or gateway.',
    check:
      'Open its page, <page></page>, and sign in: Status → Overview shows the version of OpenWrt under “Firmware Version”.',
    terminal: 'Open a terminal on the router',
    line: 'Paste this line there, and press Enter',
    plain:
      'This page came without HTTPS. Somebody who can redirect traffic in your network could have changed it, and the line: link only in a network that you trust.',
    watch: 'Watch it happen',
  },
  terminals: {
    label: 'Your system',
    names: {
      windows: 'Windows',
      mac: 'macOS',
      linux: 'Linux',
      android: 'Android',
      luci: 'Router page',
    },
    open: {
      windows: 'Press the Windows key, type “PowerShell”, and press Enter.',
      mac: 'Press ⌘ and the space bar, type “Terminal”, and press Enter.',
      linux: 'Open the program “Terminal”; on many systems with Ctrl, Alt and T.',
      android: 'Install the app “Termux” (from f-droid.org), open it, and type once:',
    },
    type: 'Then type this, and press Enter:',
    questions:
      'The first time you are asked whether you trust the router: type “yes”. Then type the password of its page; nothing is shown while you type. You are there when a line begins like <prompt></prompt>',
    copyInstall: 'Copy the command that installs',
    copySsh: 'Copy the command',
    luci: 'Open the router’s page, <page></page>. Under System → Software, press “Update lists”, then install <package></package>. Reload the page, open Services → Terminal, and sign in as root.',
    luciOwner:
      'With the other ways NetPilot remembers the device that you use: it always reaches the router, whatever you block later. This way cannot.',
  },
  late: 'Nothing has followed for 30 seconds. Check this:',
  checks: {
    pasted: 'Was the whole line pasted, and Enter pressed after it?',
    onRouter:
      'Was it pasted on the router? The line before it begins like root@OpenWrt, not with the name of your computer.',
    reaches:
      'Does the router reach NetPilot? Its firewall, or that of the computer that NetPilot runs on, must let it connect to {service}.',
    message:
      'Does the terminal show a message that begins with “netpilot:”? It says what is wrong.',
    said: 'The terminal shows a message that begins with “netpilot:”. It says what is wrong.',
    version:
      'If it says that something is missing, OpenWrt is older than 22.03: update the router first.',
    flash:
      'If it says that dropbearkey could not create a key, this router has too little storage for it: it cannot be linked.',
    port: 'The router must reach TCP port {port} too: let it through the firewall of the computer that NetPilot runs on ({place}).',
    log: 'On the router, “logread -e netpilot” shows why it cannot connect.',
    quiet:
      'This can be right: a device appears when it sends something. Connect a phone to the router’s Wi-Fi.',
  },
  changes: {
    title: 'What this changes on the router, and how to undo it',
    program:
      'A program, /usr/sbin/netpilot-agent, and the file that starts it, /etc/init.d/netpilot.',
    settings: 'A folder for its settings and keys, /etc/netpilot.',
    rules: 'While it runs, one table of its own in the firewall, and a queue for limited devices.',
    nothingElse:
      'Nothing else: your Wi-Fi, your passwords and your own firewall rules stay as they are, and no port is opened.',
    undo: 'To undo it, press “Unlink” on the page Routers, or run <command></command> on the router: nothing of it stays.',
  },
};
