export const help = {
  title: 'Help',
  back: '‹ Help',
  about: 'Help: {title}',
  topics: {
    'first-evening': {
      title: 'The first evening',
      hint: 'Link the router, name the people, say what new devices get',
    },
    bedtime: { title: 'Bedtime', hint: 'Nights, homework, exceptions and pauses' },
    guest: { title: 'A guest', hint: 'A phone that is here for one evening' },
    'second-parent': { title: 'A second parent', hint: 'Somebody else who decides, or looks' },
    'be-told': { title: 'Be told', hint: 'What happens at home, where you read it, and when not' },
    'no-internet': { title: 'Something has no internet', hint: 'Find out why, in two taps' },
    'moving-house': { title: 'Moving house', hint: 'Another router, the same rules' },
  },
};
