export const help = {
  title: 'Hilfe',
  back: '‹ Hilfe',
  about: 'Hilfe: {title}',
  topics: {
    'first-evening': {
      title: 'Der erste Abend',
      hint: 'Router koppeln, Personen anlegen, neue Geräte regeln',
    },
    bedtime: { title: 'Schlafenszeit', hint: 'Nächte, Hausaufgaben, Ausnahmen und Pausen' },
    guest: { title: 'Besuch', hint: 'Ein Handy, das nur einen Abend da ist' },
    'second-parent': { title: 'Zu zweit', hint: 'Jemand darf mitentscheiden oder mitlesen' },
    'be-told': {
      title: 'Bescheid bekommen',
      hint: 'Was zu Hause passiert, wohin es kommt, und wann nicht',
    },
    'no-internet': { title: 'Etwas hat kein Internet', hint: 'Warum, in zwei Schritten' },
    'moving-house': { title: 'Umzug', hint: 'Anderer Router, gleiche Regeln' },
  },
};
