import type { Texts } from './language.ts';

declare module 'use-intl' {
  interface AppConfig {
    // A text that does not exist, or an argument that is missing, fails the type check.
    Messages: Texts;
  }
}
