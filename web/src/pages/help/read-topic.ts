import type { Language } from '../../texts/language.ts';
import type { Topic } from './topics.ts';

type GuidePage = { title: string; html: string };

const ENGLISH: Record<Topic, () => Promise<GuidePage>> = {
  'first-evening': () => import('../../../../docs/guide/first-evening.md'),
  bedtime: () => import('../../../../docs/guide/bedtime.md'),
  guest: () => import('../../../../docs/guide/guest.md'),
  'second-parent': () => import('../../../../docs/guide/second-parent.md'),
  'be-told': () => import('../../../../docs/guide/be-told.md'),
  'no-internet': () => import('../../../../docs/guide/no-internet.md'),
  'moving-house': () => import('../../../../docs/guide/moving-house.md'),
};

const GERMAN: Record<Topic, () => Promise<GuidePage>> = {
  'first-evening': () => import('../../../../docs/guide/de/first-evening.md'),
  bedtime: () => import('../../../../docs/guide/de/bedtime.md'),
  guest: () => import('../../../../docs/guide/de/guest.md'),
  'second-parent': () => import('../../../../docs/guide/de/second-parent.md'),
  'be-told': () => import('../../../../docs/guide/de/be-told.md'),
  'no-internet': () => import('../../../../docs/guide/de/no-internet.md'),
  'moving-house': () => import('../../../../docs/guide/de/moving-house.md'),
};

/** A page of the guide, loaded when it is opened. */
export function readTopic(topic: Topic, language: Language): Promise<GuidePage> {
  return (language === 'de' ? GERMAN : ENGLISH)[topic]();
}
